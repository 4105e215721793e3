import type { Period } from '@frontline/calendar';
import {
  dayColumn,
  enumColumn,
  listColumn,
  numberColumn,
  textColumn,
  truthColumn,
  type TableColumn,
} from '@frontline/platform/tables';
import { ActivityKind } from '../activity/activity-enums.ts';
import { LONGEST_WINDOW_DAYS } from '../duty/obligations.ts';
import { OrganizationKind } from '../organization/organization-enums.ts';
import { ContactorKind, DataSource, DayOffRule, MembershipKind } from './contact-scheme.entity.ts';
import { CountPeriod } from './contact-scheme.inputs.ts';

/** What a row of the table of schemes says of its version. */
export interface VersionCells {
  code: string;
  nameZh: string;
  nameEn: string;
  from: string;
  until?: string | null;
  contactorKind: ContactorKind;
  ranks?: string[] | null;
  organizationKinds?: OrganizationKind[] | null;
  organizations?: string[] | null;
  memberships?: MembershipKind[] | null;
  atTarget?: boolean | null;
  targetKinds?: OrganizationKind[] | null;
  inPatches?: boolean | null;
  liaisonsMin?: number | null;
  liaisonsMax?: number | null;
  contactorsMin?: number | null;
  contactorsMax?: number | null;
  targetsMin?: number | null;
  targetsMax?: number | null;
  basis: DataSource;
  quote?: string | null;
}

/** What it says of one duty; a version that asks for nothing has one row without. */
export interface DutyCells {
  duty?: string | null;
  activity?: ActivityKind | null;
  recurrence?: string | null;
  windowDays?: number | null;
  period?: Period | null;
  times?: number | null;
  dayOffRule?: DayOffRule | null;
  assumed?: boolean | null;
}

export type SchemeLine = VersionCells & DutyCells;

/** Columns in which all rows of a version agree. */
export const versionColumns = [
  'nameZh',
  'nameEn',
  'until',
  'contactorKind',
  'ranks',
  'organizationKinds',
  'organizations',
  'memberships',
  'atTarget',
  'targetKinds',
  'inPatches',
  'liaisonsMin',
  'liaisonsMax',
  'contactorsMin',
  'contactorsMax',
  'targetsMin',
  'targetsMax',
  'basis',
  'quote',
] as const satisfies (keyof VersionCells)[];

/** The table of schemes: a row for each duty of each version; the rows of a scheme stand together. */
export const schemeColumns: readonly TableColumn[] = [
  textColumn(
    {
      code: 'code',
      zh: '代码',
      en: 'Code',
      required: true,
      about: '联系制度代码，按此匹配 · Code of the scheme; rows are matched by it.',
    },
    40,
  ),
  textColumn(
    { code: 'nameZh', zh: '中文名称', en: 'Chinese name', required: true, about: '联系制度名称 · Name of the scheme.' },
    100,
  ),
  textColumn(
    {
      code: 'nameEn',
      zh: '英文名称',
      en: 'English name',
      required: true,
      about: '联系制度英文名称 · English name of the scheme.',
    },
    100,
  ),
  dayColumn({
    code: 'from',
    zh: '生效日',
    en: 'From',
    required: true,
    about: '版本的生效日，同日各行为一个版本 · First day of the version; rows of one day are one version.',
  }),
  dayColumn({
    code: 'until',
    zh: '终止日',
    en: 'Until',
    about: '仅最后一版填写：不含当日，空白表示未定 · For the last version only: first day without it; blank: open.',
  }),
  enumColumn(
    {
      code: 'contactorKind',
      zh: '联系主体类别',
      en: 'Contactor kind',
      required: true,
      about: '干部或单位 · Cadres or organizations.',
    },
    ContactorKind,
  ),
  listColumn(
    textColumn(
      {
        code: 'ranks',
        zh: '职级',
        en: 'Ranks',
        about: '干部职级代码，空白为不限 · Ranks of cadres as codes; blank: any.',
      },
      20,
    ),
    10,
  ),
  listColumn(
    enumColumn(
      {
        code: 'organizationKinds',
        zh: '单位类别',
        en: 'Organization kinds',
        about:
          '联系主体（或其任职单位）的类别，空白为不限 · Kinds of the contactor, or of where the cadre has a post; blank: any.',
      },
      OrganizationKind,
    ),
    20,
  ),
  listColumn(
    textColumn(
      {
        code: 'organizations',
        zh: '特定单位',
        en: 'Organizations',
        about:
          '联系主体（或其任职单位）限于这些组织，写组织代码，空白为不限 · Codes of particular organizations: the contactor, or where the cadre has a post; blank: any.',
      },
      40,
    ),
    50,
  ),
  listColumn(
    enumColumn(
      {
        code: 'memberships',
        zh: '政治面貌',
        en: 'Memberships',
        about: '干部须为其中之一，空白为不限 · Of which a cadre must be a member; blank: not asked for.',
      },
      MembershipKind,
    ),
    2,
  ),
  listColumn(
    enumColumn(
      {
        code: 'targetKinds',
        zh: '对象类别',
        en: 'Target kinds',
        about:
          '可作为对象的组织类别，空白为家庭（仅限看望任务） · Kinds of organization that are contacted; blank: households, who are paid care visits alone.',
      },
      OrganizationKind,
    ),
    20,
  ),
  numberColumn(
    {
      code: 'liaisonsMin',
      zh: '联络员最少',
      en: 'Liaisons at least',
      about: '与“联络员最多”同填或同空 · Together with the next one, or neither.',
    },
    { min: 0, max: 10, whole: true },
  ),
  numberColumn(
    {
      code: 'liaisonsMax',
      zh: '联络员最多',
      en: 'Liaisons at most',
      about: '空白表示不需联络员 · Blank: none are needed.',
    },
    { min: 0, max: 10, whole: true },
  ),
  ...(
    [
      [
        'contactorsMin',
        '每对象主体最少',
        'Contactors at least',
        '每个对象的联系主体，空白不限 · Contactors of each target; blank: no limit.',
      ],
      [
        'contactorsMax',
        '每对象主体最多',
        'Contactors at most',
        '每个对象的联系主体，空白不限 · Contactors of each target; blank: no limit.',
      ],
      [
        'targetsMin',
        '每主体对象最少',
        'Targets at least',
        '每个联系主体的对象，空白不限 · Targets of each contactor; blank: no limit.',
      ],
      [
        'targetsMax',
        '每主体对象最多',
        'Targets at most',
        '每个联系主体的对象，空白不限 · Targets of each contactor; blank: no limit.',
      ],
    ] as const
  ).map(([code, zh, en, about]) => numberColumn({ code, zh, en, about }, { min: 1, max: 1_000, whole: true })),
  truthColumn({
    code: 'atTarget',
    zh: '本街镇',
    en: 'At the target',
    about: '联系干部须在对象所在街镇任职时填“是” · Yes where cadres have their post in the place of the target.',
  }),
  truthColumn({
    code: 'inPatches',
    zh: '划片联系',
    en: 'In patches',
    about: '居民区划片联系时填“是” · Yes where residential areas are held in patches.',
  }),
  enumColumn(
    { code: 'basis', zh: '依据', en: 'Basis', required: true, about: '原文或假定 · Given by the source, or assumed.' },
    DataSource,
  ),
  textColumn({ code: 'quote', zh: '原文', en: 'Quote', about: '所依据的原文 · The words that it rests on.' }, 2_000),
  textColumn(
    {
      code: 'duty',
      zh: '任务代码',
      en: 'Duty',
      about: '任务代码，空白表示该版本无任务 · Code of the duty; blank: the version asks for nothing.',
    },
    40,
  ),
  enumColumn(
    {
      code: 'activity',
      zh: '活动',
      en: 'Activity',
      about: '有任务代码时必填 · What must take place; required with a duty.',
    },
    ActivityKind,
  ),
  textColumn(
    {
      code: 'recurrence',
      zh: '频次',
      en: 'Recurrence',
      about: 'RFC 5545 规则，与“计数周期”二者择一 · RFC 5545 rule; either this or the period.',
    },
    200,
  ),
  numberColumn(
    { code: 'windowDays', zh: '期限天数', en: 'Window days', about: '与频次同填 · Together with the recurrence.' },
    { min: 1, max: LONGEST_WINDOW_DAYS, whole: true },
  ),
  enumColumn(
    {
      code: 'period',
      zh: '计数周期',
      en: 'Period',
      about: '周、月、季度或年；导出时写作频次 · Week, month, quarter or year; exports write it as a recurrence.',
    },
    CountPeriod,
  ),
  numberColumn(
    { code: 'times', zh: '次数', en: 'Times', about: '空白为一次 · Blank: once.' },
    { min: 1, max: 31, whole: true },
  ),
  enumColumn(
    { code: 'dayOffRule', zh: '休息日规则', en: 'Day-off rule', about: '空白为不变 · Blank: keep the day.' },
    DayOffRule,
  ),
  truthColumn({
    code: 'assumed',
    zh: '是否假定',
    en: 'Assumed',
    about: '频次为假定时填“是” · Yes where the cadence is assumed.',
  }),
];
