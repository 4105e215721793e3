import { domainEnum } from '@frontline/platform';

/** Ranks of cadres, highest first. */
export const CadreRank = domainEnum('CadreRank', '职级', 'The rank of a cadre.', {
  BUREAU: { zh: '局级', en: 'Bureau level' },
  DIVISION: { zh: '处级', en: 'Division level' },
  SECTION: { zh: '科级', en: 'Section level' },
  STAFF: { zh: '科员', en: 'Staff' },
});
export type CadreRank = keyof typeof CadreRank;

export const CadreStatus = domainEnum('CadreStatus', '在职状态', 'Whether a cadre is at their post.', {
  ACTIVE: { zh: '在职', en: 'Active' },
  POSTED_AWAY: { zh: '外派', en: 'Posted away' },
  ON_LEAVE: { zh: '离岗休假', en: 'On leave' },
  RETIRED: { zh: '退休', en: 'Retired' },
  DEPARTED: {
    zh: '离任',
    en: 'Departed',
    description: 'left the district’s service; assignments and assisted households end',
  },
});
export type CadreStatus = keyof typeof CadreStatus;

export const MembershipKind = domainEnum(
  'MembershipKind',
  '政治面貌',
  'Membership of the Party or of its Youth League.',
  {
    PARTY: { zh: '中共党员', en: 'Party member' },
    LEAGUE: { zh: '共青团员', en: 'Youth League member' },
  },
);
export type MembershipKind = keyof typeof MembershipKind;

export const Sex = domainEnum('Sex', '性别', 'Sex, as in the register.', {
  FEMALE: { zh: '女', en: 'Female' },
  MALE: { zh: '男', en: 'Male' },
});
export type Sex = keyof typeof Sex;

/** The order of a list of cadres. */
export const CadreOrder = domainEnum('CadreOrder', '干部排序', 'How a list of cadres is ordered.', {
  STAFF_NUMBER: { zh: '工号', en: 'By staff number' },
  NAME: { zh: '姓名', en: 'By name' },
});
export type CadreOrder = keyof typeof CadreOrder;
