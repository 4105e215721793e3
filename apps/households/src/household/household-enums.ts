import { domainEnum } from '@frontline/platform';

/** The same names as in the personnel register, so that the graph has one enum. */
export const Sex = domainEnum('Sex', '性别', 'Sex, as in the register.', {
  FEMALE: { zh: '女', en: 'Female' },
  MALE: { zh: '男', en: 'Male' },
});
export type Sex = keyof typeof Sex;

/** Kinds of hardship that are certified; ASSUMED after the usual lists of social assistance, as the article names none. */
export const HardshipCategory = domainEnum(
  'HardshipCategory',
  '困难类别',
  'For what kind of hardship a certificate was issued.',
  {
    MINIMUM_LIVING: { zh: '低保', en: 'Minimum living allowance' },
    LOW_INCOME: { zh: '低收入', en: 'Low income' },
    EXTREME_POVERTY: { zh: '特困供养', en: 'Extreme poverty support' },
    DISABILITY: { zh: '残疾', en: 'Disability' },
    SERIOUS_ILLNESS: { zh: '重大疾病', en: 'Serious illness' },
    ELDERLY_ALONE: { zh: '独居老人', en: 'Elderly living alone' },
    BEREAVED_FAMILY: { zh: '失独家庭', en: 'Bereaved of an only child' },
    UNEMPLOYED: { zh: '失业', en: 'Unemployed' },
    SCHOOLING: { zh: '就学困难', en: 'Schooling' },
  },
);
export type HardshipCategory = keyof typeof HardshipCategory;

export const HardshipLevel = domainEnum('HardshipLevel', '困难程度', 'How grave a hardship is, as certified.', {
  SEVERE: { zh: '特别困难', en: 'Severe' },
  MODERATE: { zh: '比较困难', en: 'Moderate' },
  MILD: { zh: '一般困难', en: 'Mild' },
});
export type HardshipLevel = keyof typeof HardshipLevel;

/** The order of a list of households. */
export const HouseholdOrder = domainEnum('HouseholdOrder', '家庭排序', 'How a list of households is ordered.', {
  CODE: { zh: '编码', en: 'By code' },
  NEWEST: { zh: '最近登记', en: 'Registered latest first' },
});
export type HouseholdOrder = keyof typeof HouseholdOrder;
