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

/** Why somebody is on leave or has left; health is personal, so it is shown to few. */
export const StatusReason = domainEnum('StatusReason', '状态原因', 'Why a cadre is on leave, or has left.', {
  SICKNESS: { zh: '病假', en: 'Sick leave' },
  PARENTAL: { zh: '生育假', en: 'Parental leave' },
  STUDY: { zh: '学习', en: 'Study' },
  PERSONAL: { zh: '事假', en: 'Personal leave' },
  AGE: { zh: '到龄退休', en: 'Retired at the age for it' },
  HEALTH: { zh: '病退', en: 'Retired for health' },
  RESIGNATION: { zh: '辞职', en: 'Resigned' },
  TRANSFER_OUT: { zh: '调离本区', en: 'Transferred out of the district' },
  DISMISSAL: { zh: '辞退或开除', en: 'Dismissed' },
  DEATH: { zh: '去世', en: 'Died' },
});
export type StatusReason = keyof typeof StatusReason;

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
  NEWEST: { zh: '最近入职', en: 'Recruited latest first' },
  NAME: {
    zh: '姓名（已停用）',
    en: 'Deprecated',
    description: 'names are sealed at rest and have no order there; the list comes by staff number',
  },
});
export type CadreOrder = keyof typeof CadreOrder;
