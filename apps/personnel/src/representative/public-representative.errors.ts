import { defineErrors } from '@frontline/platform';

/** What can be wrong with a public representative's term. */
export const representativeErrors = defineErrors({
  'representative.constituency': {
    kind: 'invalid',
    en: '{field}: members of the CPPCC are named by sector and have no constituency.',
    zh: '{field}：政协委员按界别产生，没有选区。',
  },
  'representative.termsOverlap': {
    kind: 'illegalState',
    en: '{field}: a term of the same kind and level holds already, from {from}.',
    zh: '{field}：同类同级的任期自 {from} 起已存在。',
  },
  'representative.outsideTerm': {
    kind: 'invalid',
    en: '{field} must lie within the term ({from} to {until}), after its first day.',
    zh: '{field} 必须在任期（{from} 至 {until}）之内，且晚于首日。',
  },
  'representative.renewed': {
    kind: 'illegalState',
    en: '{field}: this term has been continued by another one already.',
    zh: '{field}：该任期已续任。',
  },
});
