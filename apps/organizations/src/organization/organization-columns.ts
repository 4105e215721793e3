import { dayColumn, enumColumn, numberColumn, textColumn, type TableColumn } from '@frontline/platform/tables';
import { isCreditCode } from './credit-code.ts';
import { BranchSector, OrganizationKind, OrganizationStatus, type OrganizationTree } from './organization-enums.ts';
import { measures } from './organization-measures.ts';

/** What a row of the table of organizations says; absent columns have no key, blank cells are `null`. */
export interface OrganizationLine {
  code: string;
  from: string;
  kind: OrganizationKind;
  sector?: BranchSector | null;
  nameZh: string;
  nameEn: string;
  territoryParent?: string | null;
  functionParent?: string | null;
  status?: OrganizationStatus | null;
  creditCode?: string | null;
  longitude?: number | null;
  latitude?: number | null;
  residents?: number | null;
  areaKm2?: number | null;
}

/** The column that names the parent in a tree. */
export const parentColumns = { TERRITORY: 'territoryParent', FUNCTION: 'functionParent' } as const satisfies Record<
  OrganizationTree,
  keyof OrganizationLine
>;

/** Columns that hold for an organization as a whole, whatever the day; the last row of an organization counts. */
export const lastingColumns = ['sector', 'creditCode', 'residents', 'areaKm2'] as const;

/**
 * The table of organizations: a row says how an organization is from a day on, until the next row of the same code. So
 * a register without history has one row each, and one with history has a row for each change.
 */
export const organizationColumns: readonly TableColumn[] = [
  textColumn(
    {
      code: 'code',
      zh: '代码',
      en: 'Code',
      required: true,
      about:
        '官方代码（GB/T 2260）或本区自编代码，按此匹配 · Official code (GB/T 2260) or the district’s own; rows are matched by it.',
    },
    40,
  ),
  dayColumn({
    code: 'from',
    zh: '生效日',
    en: 'From',
    required: true,
    about: '本行内容自该日起成立 · First day on which the row holds; the first row of a code: since when it exists.',
  }),
  enumColumn(
    { code: 'kind', zh: '类别', en: 'Kind', required: true, about: '组织类别 · Kind of organization.' },
    OrganizationKind,
  ),
  textColumn(
    {
      code: 'nameZh',
      zh: '中文名称',
      en: 'Chinese name',
      required: true,
      about: '自生效日起的中文名称 · Chinese name from that day on.',
    },
    100,
  ),
  textColumn(
    {
      code: 'nameEn',
      zh: '英文名称',
      en: 'English name',
      required: true,
      about: '自生效日起的英文名称 · English name from that day on.',
    },
    100,
  ),
  textColumn(
    {
      code: 'territoryParent',
      zh: '属地上级代码',
      en: 'Territory parent',
      about: '属地上级的代码，空白表示无 · Code of what it stands under in the territory; blank: nothing.',
    },
    40,
  ),
  textColumn(
    {
      code: 'functionParent',
      zh: '条线上级代码',
      en: 'Function parent',
      about: '条线上级的代码，空白表示无 · Code of what it stands under in the functions; blank: nothing.',
    },
    40,
  ),
  enumColumn(
    {
      code: 'status',
      zh: '状态',
      en: 'Status',
      about:
        '空白为存续；合并或撤销表示自生效日起不再存在 · Blank: active; merged or dissolved: it no longer exists from that day on.',
    },
    OrganizationStatus,
  ),
  enumColumn(
    { code: 'sector', zh: '支部类别', en: 'Branch sector', about: '仅党支部填写 · For party branches only.' },
    BranchSector,
  ),
  textColumn(
    {
      code: 'creditCode',
      zh: '统一社会信用代码',
      en: 'Credit code',
      about: '18 位，校验位须正确（GB 32100） · 18 characters with the right check character (GB 32100).',
    },
    18,
    (text) =>
      isCreditCode(text) ? undefined : 'must be a unified social credit code with the right check character (GB 32100)',
  ),
  numberColumn(
    {
      code: 'longitude',
      zh: '经度',
      en: 'Longitude',
      about: '中心点，自生效日起，十进制度数 · Of its centre from that day on, decimal degrees.',
    },
    measures.longitude,
  ),
  numberColumn(
    {
      code: 'latitude',
      zh: '纬度',
      en: 'Latitude',
      about: '中心点，自生效日起，十进制度数 · Of its centre from that day on, decimal degrees.',
    },
    measures.latitude,
  ),
  numberColumn(
    { code: 'residents', zh: '居民数', en: 'Residents', about: '约数 · Approximately.' },
    { ...measures.residents, whole: true },
  ),
  numberColumn({ code: 'areaKm2', zh: '面积', en: 'Area', about: '平方千米 · Square kilometres.' }, measures.areaKm2),
];
