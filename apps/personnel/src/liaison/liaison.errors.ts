import { defineErrors } from '@frontline/platform';

/** What can be wrong with a liaison. */
export const liaisonErrors = defineErrors({
  'liaison.self': {
    kind: 'invalid',
    en: '{field}: nobody is their own liaison.',
    zh: '{field}：不能担任自己的联络员。',
  },
  'liaison.leaderRank': {
    kind: 'illegalState',
    en: '{field}: only cadres of division level or higher have liaisons; this one is {rank} on {day}.',
    zh: '{field}：只有处级及以上干部配联络员；该干部在 {day} 的职级为 {rank}。',
  },
  'liaison.rank': {
    kind: 'illegalState',
    en: '{field}: a liaison is below division level for the whole time; this cadre is {rank} from {day}.',
    zh: '{field}：联络员在整个期间须低于处级；该干部自 {day} 起为 {rank}。',
  },
  'liaison.office': {
    kind: 'illegalState',
    en: '{field}: a liaison is an office cadre: with a post on {day} at the district, a leading body, a department, a subdistrict or a town.',
    zh: '{field}：联络员须为机关干部：{day} 在区、四套班子、部门、街道或镇任职。',
  },
  'liaison.notActive': {
    kind: 'illegalState',
    en: '{field}: this cadre is not at their post on {day}.',
    zh: '{field}：该干部在 {day} 不在岗。',
  },
  'liaison.twice': {
    kind: 'illegalState',
    en: '{field}: this cadre is a liaison of the same cadre already within that time.',
    zh: '{field}：该干部在所述期间已是同一干部的联络员。',
  },
  'liaison.third': {
    kind: 'illegalState',
    en: '{field}: a cadre has at most {max} liaisons at a time; another one within that time is refused.',
    zh: '{field}：同一时间最多 {max} 名联络员，不能再增加。',
  },
  'liaison.none': {
    kind: 'illegalState',
    en: '{field}: this cadre is no liaison of that one on {day} or later.',
    zh: '{field}：该干部在 {day} 及以后不是其联络员。',
  },
});
