import { defineErrors } from '@frontline/platform';

/** What can be wrong with pairing branches. */
export const pairingErrors = defineErrors({
  'branchPairing.branch': {
    kind: 'invalid',
    en: '{field} must be a party branch of an office, state-owned enterprise or institution that exists for all of that time.',
    zh: '{field} 必须是在此期间始终存在的机关、国企或事业单位党支部。',
  },
  'branchPairing.partner': {
    kind: 'invalid',
    en: '{field} must be a community or two-new party branch that exists for all of that time.',
    zh: '{field} 必须是在此期间始终存在的社区或“两新”组织党支部。',
  },
  'branchPairing.period': {
    kind: 'invalid',
    en: '{field} must be later than the first day ({from}).',
    zh: '{field} 必须晚于起始日（{from}）。',
  },
  'branchPairing.reason': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'branchPairing.duplicate': {
    kind: 'illegalState',
    en: '{field}: these two branches are paired already, from {from}.',
    zh: '{field}：这两个支部自 {from} 起已结对。',
  },
  'branchPairing.ended': {
    kind: 'illegalState',
    en: '{field}: the pairing ends on {on} already.',
    zh: '{field}：该结对已于 {on} 终止。',
  },
  'branchPairing.side': {
    kind: 'invalid',
    en: '{field}: you speak for both branches; say for which.',
    zh: '{field}：您可代表双方支部，请注明代表哪一方。',
  },
  'branchPairing.notYours': {
    kind: 'forbidden',
    en: '{field}: only who speaks for a branch of the pairing (by place, or by a post there or right above it) may do this.',
    zh: '{field}：只有能代表结对支部的人员（按辖区，或在该支部、其直接上级任职）可以操作。',
  },
});
