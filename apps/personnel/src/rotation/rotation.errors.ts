import { defineErrors } from '@frontline/platform';

/** What can be wrong with a rotation. */
export const rotationErrors = defineErrors({
  'rotation.illegalMove': {
    kind: 'illegalState',
    en: '{field}: {action} is not possible; the rotation is {state}.',
    zh: '{field}：轮岗状态为 {state}，不能进行 {action}。',
  },
  'rotation.period': {
    kind: 'invalid',
    en: '{field} must be later than the day on which the rotation began ({from}).',
    zh: '{field} 必须晚于轮岗开始日（{from}）。',
  },
  'rotation.overlaps': {
    kind: 'illegalState',
    en: '{field}: this cadre has another rotation planned or under way from {from}.',
    zh: '{field}：该干部自 {from} 起已有计划中或进行中的轮岗。',
  },
});
