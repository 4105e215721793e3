import { defineErrors } from '@frontline/platform';

/** What can be wrong with an absence or its substitute. */
export const absenceErrors = defineErrors({
  'absence.overlaps': {
    kind: 'illegalState',
    en: '{field}: this cadre is away from {from} already.',
    zh: '{field}：该干部自 {from} 起已登记离岗。',
  },
  'absence.unknown': {
    kind: 'notFound',
    en: '{field}: this cadre has no absence with this id.',
    zh: '{field}：该干部没有此离岗记录。',
  },
  'absence.outside': {
    kind: 'illegalState',
    en: '{field}: {day} lies outside the absence ({from} to {until}).',
    zh: '{field}：{day} 不在离岗期间（{from} 至 {until}）内。',
  },
  'absence.self': {
    kind: 'invalid',
    en: '{field}: nobody substitutes for themselves.',
    zh: '{field}：不能由本人代理。',
  },
  'absence.substituteNotActive': {
    kind: 'illegalState',
    en: '{field}: a substitute is at their post on every day from {from} to {until}; this cadre is not.',
    zh: '{field}：代理人在 {from} 至 {until} 期间须始终在岗。',
  },
  'absence.substituteAway': {
    kind: 'illegalState',
    en: '{field}: this cadre is away within that time, from {from}.',
    zh: '{field}：该干部在所述期间离岗（自 {from} 起）。',
  },
  'absence.substitutes': {
    kind: 'illegalState',
    en: '{field}: this cadre substitutes for another one within that time; name another substitute there first.',
    zh: '{field}：该干部在所述期间正代理他人，请先为其另定代理人。',
  },
});
