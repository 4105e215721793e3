import { defineErrors } from '@frontline/platform';

/** What can be wrong with fixing contactors to a target. */
export const assignmentErrors = defineErrors({
  'assignment.scheme': {
    kind: 'invalid',
    en: '{field}: no contact scheme with this code holds on {from}.',
    zh: '{field}：{from} 没有生效的该代码联系制度。',
  },
  'assignment.target': {
    kind: 'invalid',
    en: '{field} must be what the scheme contacts (an organization of its kinds, or a patch where it holds patches), and exist for all of that time.',
    zh: '{field} 必须是该联系制度的对象（规定类别的单位，或划片联系的片），且在此期间始终存在。',
  },
  'assignment.contactors': {
    kind: 'invalid',
    en: '{field} names 1 to {max} contactors, each once.',
    zh: '{field} 须列出 1 到 {max} 个不重复的联系主体。',
  },
  'assignment.contactor': {
    kind: 'invalid',
    en: '{field}: the scheme does not admit this contactor on {from} (by status, rank and post, or by kind).',
    zh: '{field}：{from} 该联系主体不符合联系制度的条件（状态、级别、任职或类别）。',
  },
  'assignment.rowTwice': {
    kind: 'invalid',
    en: '{field} speaks of the same assignment as row {row} and says something else.',
    zh: '{field}与第 {row} 行为同一定点联系，但内容不同。',
  },
  'assignment.unknownCode': {
    kind: 'invalid',
    en: '{field}: nobody has the number {code}, and no organization this code.',
    zh: '{field}：没有工号或代码为 {code} 的干部或组织。',
  },
  'assignment.overlaps': {
    kind: 'illegalState',
    en: '{field}: this contactor is fixed to this target under this scheme already, from {from}.',
    zh: '{field}：该联系主体自 {from} 起已按此制度联系该对象。',
  },
  'assignment.tooManyLiaisons': {
    kind: 'invalid',
    en: '{field}: the scheme allows at most {max} liaisons, each once.',
    zh: '{field}：该联系制度最多允许 {max} 名不重复的联络员。',
  },
  'assignment.liaison': {
    kind: 'invalid',
    en: '{field}: a liaison is in service, below division level, and not a contactor.',
    zh: '{field}：联络员须在职、低于处级，且不是联系主体。',
  },
  'assignment.liaisonOffice': {
    kind: 'invalid',
    en: '{field}: a liaison is an office cadre: with a post on {day} at the district, a leading body, a department, a subdistrict or a town.',
    zh: '{field}：联络员须为机关干部：{day} 在区、四套班子、部门、街道或镇任职。',
  },
  'assignment.period': {
    kind: 'invalid',
    en: '{field} must be later than the first day ({from}).',
    zh: '{field} 必须晚于起始日（{from}）。',
  },
  'assignment.reason': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'assignment.ended': {
    kind: 'illegalState',
    en: '{field}: the assignment ends on {on} already.',
    zh: '{field}：该定点联系已于 {on} 终止。',
  },
});
