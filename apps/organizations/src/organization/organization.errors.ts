import { defineErrors } from '@frontline/platform';

/** What can be wrong with a change of the organizations. */
export const organizationErrors = defineErrors({
  'organization.code': { kind: 'invalid', en: '{field}: {rule}.', zh: '{field} 不符合代码规则：{rule}。' },
  'organization.codeTaken': {
    kind: 'conflict',
    en: '{field}: another organization has this code.',
    zh: '{field}：该代码已被使用。',
  },
  'organization.creditCode': {
    kind: 'invalid',
    en: '{field} must be a unified social credit code with the right check character (GB 32100).',
    zh: '{field} 必须是校验位正确的统一社会信用代码（GB 32100）。',
  },
  'organization.sector': {
    kind: 'invalid',
    en: '{field} is required for a party branch, and only for one.',
    zh: '仅党支部须填写 {field}。',
  },
  'organization.measure': {
    kind: 'invalid',
    en: '{field} must be between {min} and {max}.',
    zh: '{field} 须在 {min} 到 {max} 之间。',
  },
  'organization.outline': {
    kind: 'invalid',
    en: '{field}: the outline {rule}.',
    zh: '{field}：范围不是有效的多边形（{rule}）。',
  },
  'organization.halfLocated': {
    kind: 'invalid',
    en: '{field} is missing: a centre has a longitude and a latitude, or neither.',
    zh: '缺少 {field}：中心点须同时有经度和纬度，或都没有。',
  },
  'organization.noLocation': {
    kind: 'invalid',
    en: '{field} names neither a location nor an outline; null takes one away.',
    zh: '{field} 未给出位置或范围；填 null 表示取消。',
  },
  'organization.name': {
    kind: 'invalid',
    en: '{field} must have 1 to {max} characters.',
    zh: '{field} 须为 1 到 {max} 个字符。',
  },
  'organization.notThen': {
    kind: 'illegalState',
    en: '{field}: the organization {id} does not exist for all of that time (from {from}).',
    zh: '{field}：组织 {id} 自 {from} 起的时间内并非始终存在。',
  },
  'organization.place': {
    kind: 'invalid',
    en: '{field}: in this tree a {kind} does not stand under a {parent}.',
    zh: '{field}：在该组织树中，{kind} 不能隶属于 {parent}。',
  },
  'organization.noParent': {
    kind: 'invalid',
    en: '{field}: no organization {id} is known here; in a file the upper one comes first.',
    zh: '{field}：没有组织 {id}；文件中上级须排在下级之前。',
  },
  'organization.parents': {
    kind: 'invalid',
    en: '{field}: at most one parent in each tree.',
    zh: '{field}：每棵组织树最多一个上级。',
  },
  'organization.cycle': {
    kind: 'illegalState',
    en: '{field}: it would stand under itself.',
    zh: '{field}：组织将隶属于自身。',
  },
  'organization.successor': {
    kind: 'invalid',
    en: '{field}: a {kind} can not be taken over by this organization.',
    zh: '{field}：该组织不能承继 {kind}。',
  },
  'organization.notItsArea': {
    kind: 'invalid',
    en: '{field}: this residential area does not stand directly under the organization on that day.',
    zh: '{field}：该居民区当日不直属于该组织。',
  },
  'organization.areaTwice': {
    kind: 'invalid',
    en: '{field}: this residential area is given away twice.',
    zh: '{field}：该居民区被重复划转。',
  },
  'organization.areaLeft': {
    kind: 'invalid',
    en: '{field}: an organization that does not continue gives away all its residential areas; {count} are left.',
    zh: '{field}：不再存续的组织须划转全部居民区，尚有 {count} 个未划转。',
  },
  'organization.nothingLeft': {
    kind: 'invalid',
    en: '{field}: an organization that continues keeps at least one residential area.',
    zh: '{field}：继续存续的组织至少保留一个居民区。',
  },
  'organization.parts': {
    kind: 'invalid',
    en: '{field} names 1 to {max} organizations, each once.',
    zh: '{field} 须列出 1 到 {max} 个不重复的组织。',
  },
  'organization.notEmpty': {
    kind: 'illegalState',
    en: '{field}: {count} organizations still stand under it on that day or later; move them first.',
    zh: '{field}：当日或之后仍有 {count} 个下级组织，请先调整。',
  },
  'organization.otherKind': {
    kind: 'conflict',
    en: '{field}: the organization with this code is a {kind}; a table does not make it another kind.',
    zh: '{field}：该代码的组织类别为 {kind}，表格导入不能更改类别。',
  },
  'organization.unknownCode': {
    kind: 'invalid',
    en: '{field}: no organization has the code {code}; in a file the upper one comes first.',
    zh: '{field}：没有代码为 {code} 的组织；文件中上级须排在下级之前。',
  },
  'organization.backAgain': {
    kind: 'illegalState',
    en: '{field}: the organization ended on {on}; it does not come back under the same code.',
    zh: '{field}：该组织已于 {on} 终止，不能以同一代码恢复。',
  },
  'organization.tooMany': {
    kind: 'invalid',
    en: '{field}: this would move {count} organizations at once; at most {max} are moved by one change.',
    zh: '{field}：一次变更最多涉及 {max} 个组织，本次涉及 {count} 个。',
  },
});
