import { nthWeekRule } from '@frontline/calendar';
import type { Day } from '../days.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';
import { officeCode } from '../organizations/offices.ts';
import type { OrganizationKind } from '../organizations/organization.ts';
import type { Rank } from '../personnel/cadre.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';

export type ActivityKind =
  | 'VISIT'
  | 'REPORT_HEARD'
  | 'CONDITIONS_REVIEW'
  | 'RECEPTION'
  | 'DIALOGUE'
  | 'MICROBLOG_REPLY'
  | 'ENTERPRISE_VISIT'
  | 'CARE_VISIT'
  | 'BRANCH_ACTIVITY';

/** What a scheme asks of each assignment, how often. */
export interface DutyRule {
  code: string;
  activity: ActivityKind;
  recurrence: string;
  windowDays: number;
  dayOffRule: 'KEEP' | 'BEFORE' | 'AFTER' | 'SKIP';
  /** The article doesn't give this cadence. */
  assumed?: boolean;
}

/** A contact scheme as the import reads it. */
export interface ContactSchemeLine extends ImportLine {
  type: 'contactScheme';
  code: string;
  nameZh: string;
  nameEn: string;
  versions: {
    version: number;
    validFrom: Day;
    contactor: {
      kind: 'CADRE' | 'ORGANIZATION';
      ranks?: Rank[];
      organizationKinds?: OrganizationKind[];
      organizationIds?: string[];
      memberships?: ('PARTY' | 'LEAGUE')[];
      atTarget?: boolean;
    };
    target: { kinds: OrganizationKind[]; inPatches?: boolean };
    liaisons?: { min: number; max: number };
    cardinalities?: { targetsPerContactor?: { min?: number; max?: number } };
    duties: DutyRule[];
    source: 'SEED' | 'ASSUMED';
    quote?: string;
  }[];
}

export type SchemeCode =
  | 'bureau-subdistrict'
  | 'division-residential-area'
  | 'leaders-patch'
  | 'leaders-enterprise'
  | 'department-enterprise'
  | 'leaders-university'
  | 'representatives-public'
  | 'dialogue-party'
  | 'dialogue-government'
  | 'secretary-microblog'
  | 'assistance-care';

/** Once in a month: the window is the month, which is 31 days at most; imported duties end with their month. */
const MONTHLY = 'FREQ=MONTHLY;BYMONTHDAY=1';
const QUARTERLY = 'FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1';

/**
 * "每月第二周周四", read as the Thursday of the month's second week; for June 2018 that is the 7th, as the figures of the
 * article have it (ADR 6). The other reading, the second Thursday, would be the 14th.
 */
const SECOND_WEEK_THURSDAY = nthWeekRule({ week: 2, weekday: 4, reading: 'WEEKDAY_OF_NTH_WEEK' });

const rule = (
  code: string,
  activity: ActivityKind,
  recurrence: string,
  windowDays: number,
  more: Partial<DutyRule> = {},
): DutyRule => ({
  code,
  activity,
  recurrence,
  windowDays,
  dayOffRule: 'KEEP',
  ...more,
});

type Version = Omit<ContactSchemeLine['versions'][number], 'version'>;

const scheme = (code: SchemeCode, nameZh: string, nameEn: string, version: Version): ContactSchemeLine => ({
  type: 'contactScheme',
  id: idOf('contactScheme', code),
  code,
  nameZh,
  nameEn,
  versions: [{ version: 1, ...version }],
});

const TERRITORIES: OrganizationKind[] = ['SUBDISTRICT', 'TOWN'];
const UNITS: OrganizationKind[] = ['LEADING_BODY', 'DEPARTMENT', 'INSTITUTION', 'STATE_OWNED_ENTERPRISE'];

/** Which of the leading bodies answers under a scheme, counted as in a district's plan: its members are whoever has a post there. */
export const answeringBody = { 'dialogue-party': 1, 'dialogue-government': 3 } as const satisfies Partial<
  Record<SchemeCode, number>
>;

/** The schemes as they are in a district: those of one leading body name it. */
export function schemesOf(plan: DistrictPlan): ContactSchemeLine[] {
  const bodies: Partial<Record<string, number>> = answeringBody;
  return schemes.map((line) => {
    const nth = bodies[line.code];
    if (!nth) return line;
    const organizationIds = [organizationId(officeCode.leadingBody(plan, nth))];
    const versions = line.versions.map((each) => ({ ...each, contactor: { ...each.contactor, organizationIds } }));
    return { ...line, versions };
  });
}

/** The schemes of the article; validity from its phases: 2005 contact points, 2010 team service, 2018 survey. */
export const schemes: readonly ContactSchemeLine[] = [
  scheme('bureau-subdistrict', '局级干部定点联系街镇', 'Bureau-level cadres contact subdistricts and towns', {
    validFrom: '2005-01-01',
    contactor: { kind: 'CADRE', ranks: ['BUREAU'], organizationKinds: ['LEADING_BODY'] },
    target: { kinds: TERRITORIES },
    duties: [
      rule('visit', 'VISIT', MONTHLY, 31),
      rule('report', 'REPORT_HEARD', MONTHLY, 31),
      rule('review', 'CONDITIONS_REVIEW', MONTHLY, 31),
    ],
    source: 'SEED',
    quote: '全区24名局级干部定点联系12个街镇,每月开展一次下访,听取一次街镇工作汇报,进行一次民情分析。',
  }),
  scheme('division-residential-area', '处级干部定点联系居民区', 'Division-level cadres contact residential areas', {
    validFrom: '2005-01-01',
    contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: UNITS },
    target: { kinds: ['RESIDENTIAL_AREA'] },
    liaisons: { min: 1, max: 2 },
    duties: [rule('visit', 'VISIT', SECOND_WEEK_THURSDAY, 1, { dayOffRule: 'AFTER' })],
    source: 'SEED',
    quote: '300多名处级干部,每人带领1至2名机关干部作为联络员,每月第二周周四到定点联系的居委会,面对面服务群众。',
  }),
  scheme(
    'leaders-patch',
    '街镇班子成员划片组团联系居民区',
    'Subdistrict leaders hold patches of residential areas together',
    {
      validFrom: '2018-01-01',
      // the leaders of a subdistrict hold its own areas; one visit to any area of the patch keeps the month's duty
      contactor: { kind: 'CADRE', ranks: ['DIVISION'], organizationKinds: TERRITORIES, atTarget: true },
      target: { kinds: ['RESIDENTIAL_AREA'], inPatches: true },
      duties: [rule('visit', 'VISIT', MONTHLY, 31, { assumed: true })],
      source: 'SEED',
      quote: '街镇班子成员划片组团联系居民区',
    },
  ),
  scheme('leaders-enterprise', '四套班子成员定点联系企业', 'Members of the leading bodies contact enterprises', {
    validFrom: '2018-01-01',
    contactor: { kind: 'CADRE', ranks: ['BUREAU'], organizationKinds: ['LEADING_BODY'] },
    target: { kinds: ['ENTERPRISE'] },
    duties: [rule('visit', 'ENTERPRISE_VISIT', QUARTERLY, 92, { assumed: true })],
    source: 'SEED',
    quote: '区四套班子成员和处级部门(单位)定点联系企业',
  }),
  scheme('department-enterprise', '处级部门定点联系企业', 'Division-level units contact enterprises', {
    validFrom: '2018-01-01',
    contactor: { kind: 'ORGANIZATION', organizationKinds: ['DEPARTMENT'] },
    target: { kinds: ['ENTERPRISE'] },
    duties: [rule('visit', 'ENTERPRISE_VISIT', QUARTERLY, 92, { assumed: true })],
    source: 'SEED',
    quote: '区四套班子成员和处级部门(单位)定点联系企业',
  }),
  scheme(
    'leaders-university',
    '四套班子成员定点联系高校和科研院所',
    'Members of the leading bodies contact universities and institutes',
    {
      validFrom: '2018-01-01',
      contactor: { kind: 'CADRE', ranks: ['BUREAU'], organizationKinds: ['LEADING_BODY'] },
      target: { kinds: ['UNIVERSITY', 'RESEARCH_INSTITUTE'] },
      duties: [rule('visit', 'VISIT', QUARTERLY, 92, { assumed: true })],
      source: 'SEED',
      quote: '区四套班子成员定点联系高校和科研院所',
    },
  ),
  scheme('representatives-public', '“两代表一委员”联系群众', 'Delegates, deputies and members receive the public', {
    validFrom: '2017-01-01',
    // who receives is drawn by a rota of representatives; the venue answers for the day
    contactor: { kind: 'ORGANIZATION', organizationKinds: ['SERVICE_CENTRE'] },
    target: { kinds: TERRITORIES },
    // a 15th on a day off is kept: weekends are when working people can come; the two Saturdays are assumed
    duties: [
      rule('reception', 'RECEPTION', 'FREQ=MONTHLY;BYMONTHDAY=15', 1),
      rule('concentrated', 'RECEPTION', 'FREQ=YEARLY;BYMONTH=5,11;BYDAY=2SA', 1, { assumed: true }),
    ],
    source: 'SEED',
    quote: '每月15日组织330多名市区党代表,轮流到街镇党员服务中心接待群众,每年两次集中到社区接待群众。',
  }),
  scheme('dialogue-party', '区委领导网上互动交流', 'Party leaders answer online', {
    validFrom: '2010-01-01',
    contactor: { kind: 'ORGANIZATION', organizationKinds: ['LEADING_BODY'] },
    target: { kinds: ['DISTRICT'] },
    duties: [rule('dialogue', 'DIALOGUE', QUARTERLY, 92)],
    source: 'SEED',
    quote: '区委领导每季度一次、区政府领导每月一次,在网上与干部群众互动交流',
  }),
  scheme('dialogue-government', '区政府领导网上互动交流', 'Government leaders answer online', {
    validFrom: '2010-01-01',
    contactor: { kind: 'ORGANIZATION', organizationKinds: ['LEADING_BODY'] },
    target: { kinds: ['DISTRICT'] },
    duties: [rule('dialogue', 'DIALOGUE', MONTHLY, 31)],
    source: 'SEED',
    quote: '区委领导每季度一次、区政府领导每月一次,在网上与干部群众互动交流',
  }),
  scheme('secretary-microblog', '基层党组织书记微博', 'Microblogs of branch secretaries', {
    validFrom: '2012-01-01',
    contactor: { kind: 'ORGANIZATION', organizationKinds: ['PARTY_BRANCH'] },
    target: { kinds: ['RESIDENTIAL_AREA'] },
    duties: [rule('reply', 'MICROBLOG_REPLY', 'FREQ=WEEKLY;BYDAY=MO', 7, { assumed: true })],
    source: 'SEED',
    quote: '同时建立基层党组织书记微博,听取意见。',
  }),
  scheme('assistance-care', '结对帮扶困难家庭', 'Monthly care visits to assisted households', {
    validFrom: '2005-01-01',
    // the targets are households, which the households service knows: no kind of organization; every party cadre has one
    contactor: { kind: 'CADRE', memberships: ['PARTY'] },
    target: { kinds: [] },
    cardinalities: { targetsPerContactor: { min: 1 } },
    duties: [rule('care', 'CARE_VISIT', MONTHLY, 31)],
    source: 'SEED',
    quote: '5000多名党员干部与8842户困难家庭结对帮扶、助困助学。每月主动上门看望,从物质上、精神上给予关心帮助。',
  }),
];
