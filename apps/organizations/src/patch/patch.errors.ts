import { defineErrors } from '@frontline/platform';

/** What can be wrong with a patch. */
export const patchErrors = defineErrors({
  'patch.subdistrict': {
    kind: 'invalid',
    en: '{field} must be a subdistrict or town that exists on {from}.',
    zh: '{field} 必须是 {from} 存在的街道或镇。',
  },
  'patch.code': {
    kind: 'invalid',
    en: '{field} must have 2 to 40 letters, digits and hyphens.',
    zh: '{field} 须为 2 到 40 个字母、数字或连字符。',
  },
  'patch.codeTaken': {
    kind: 'conflict',
    en: '{field}: a patch with this code exists.',
    zh: '{field}：该代码的片已存在。',
  },
  'patch.name': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'patch.areas': {
    kind: 'invalid',
    en: '{field} must name 1 to {max} residential areas, each once.',
    zh: '{field} 须列出 1 到 {max} 个不重复的居民区。',
  },
  'patch.notItsArea': {
    kind: 'invalid',
    en: '{field} must be a residential area of the subdistrict on {from}.',
    zh: '{field} 必须是 {from} 属于该街镇的居民区。',
  },
  'patch.areaTaken': {
    kind: 'illegalState',
    en: '{field}: this area is in patch {code} then; a residential area is in one patch at a time.',
    zh: '{field}：该居民区届时已在片 {code} 中；一个居民区同一时间只能在一个片中。',
  },
  'patch.past': {
    kind: 'invalid',
    en: '{field} must not lie before {from}: what was before stays.',
    zh: '{field} 不得早于 {from}：此前的划分保持不变。',
  },
  'patch.ended': {
    kind: 'illegalState',
    en: '{field}: the patch ends on {on}.',
    zh: '{field}：该片已于 {on} 终止。',
  },
  'patch.notYourPlace': {
    kind: 'forbidden',
    en: '{field}: a subdistrict arranges its own patches only.',
    zh: '{field}：街镇只能划分本辖区的片。',
  },
});
