import { readFileSync } from 'node:fs';
import type { LngLat } from '../geometry/projection.ts';
import type { DistrictPlan, SubdistrictPlan } from './district-plan.ts';

const outline = JSON.parse(readFileSync(new URL('../../data/district-outline.json', import.meta.url), 'utf8')) as {
  ring: LngLat[];
};

type Row = [
  code: string,
  zh: string,
  en: string,
  km2: number,
  residents: number,
  areas: number,
  lng: number,
  lat: number,
];

/** The subdistricts and the town of August 2018; areas and residents (2020) are approximate. */
const rows: Row[] = [
  ['310110001', '定海路街道', 'Dinghai Road Subdistrict', 6.25, 89600, 19, 121.552, 31.273],
  ['310110006', '平凉路街道', 'Pingliang Road Subdistrict', 3.22, 57800, 23, 121.52, 31.256],
  ['310110008', '江浦路街道', 'Jiangpu Road Subdistrict', 2.31, 82400, 25, 121.511, 31.268],
  ['310110009', '四平路街道', 'Siping Road Subdistrict', 2.64, 92400, 23, 121.5, 31.281],
  ['310110012', '控江路街道', 'Kongjiang Road Subdistrict', 2.15, 102800, 25, 121.516, 31.282],
  ['310110013', '长白新村街道', 'Changbai Xincun Subdistrict', 3.04, 73800, 17, 121.546, 31.29],
  ['310110015', '延吉新村街道', 'Yanji Xincun Subdistrict', 1.96, 84900, 17, 121.53, 31.285],
  ['310110016', '殷行街道', 'Yinhang Subdistrict', 9.52, 182500, 50, 121.536, 31.326],
  ['310110018', '大桥街道', 'Daqiao Subdistrict', 4.38, 95400, 29, 121.531, 31.268],
  ['310110019', '五角场街道', 'Wujiaochang Subdistrict', 7.44, 144700, 32, 121.501, 31.301],
  ['310110020', '新江湾城街道', 'New Jiangwan City Subdistrict', 8.69, 69400, 15, 121.504, 31.333],
  ['310110101', '五角场镇', 'Wujiaochang Town', 8.99, 166900, 43, 121.532, 31.303],
];

const subdistricts = rows.map(([code, zh, en, areaKm2, residents, residentialAreas, lng, lat]): SubdistrictPlan => ({
  code,
  zh,
  en,
  kind: code === '310110101' ? 'TOWN' : 'SUBDISTRICT',
  areaKm2,
  residents,
  residentialAreas,
  centre: [lng, lat],
}));

/** Offices that a district of that time had; which of them, and their names, are ASSUMED. */
const departments: [zh: string, en: string][] = [
  ['区委办公室', 'District Party Committee Office'],
  ['区委组织部', 'Organization Department'],
  ['区委宣传部', 'Publicity Department'],
  ['区委统战部', 'United Front Work Department'],
  ['区委政法委', 'Political and Legal Affairs Commission'],
  ['区纪委监委机关', 'Discipline Inspection and Supervision Commission'],
  ['区政府办公室', 'District Government Office'],
  ['区信访办', 'Petitions Office'],
  ['区发展和改革委员会', 'Development and Reform Commission'],
  ['区商务委员会', 'Commerce Commission'],
  ['区教育局', 'Education Bureau'],
  ['区科学技术委员会', 'Science and Technology Commission'],
  ['区民政局', 'Civil Affairs Bureau'],
  ['区司法局', 'Justice Bureau'],
  ['区财政局', 'Finance Bureau'],
  ['区人力资源和社会保障局', 'Human Resources and Social Security Bureau'],
  ['区建设和管理委员会', 'Construction and Management Commission'],
  ['区水务管理部门', 'Water Affairs Authority'],
  ['区文化局', 'Culture Bureau'],
  ['区卫生和计划生育委员会', 'Health and Family Planning Commission'],
  ['区审计局', 'Audit Bureau'],
  ['区国有资产监督管理委员会', 'State-owned Assets Commission'],
  ['区市场监督管理局', 'Market Supervision Bureau'],
  ['区安全生产监督管理局', 'Work Safety Bureau'],
  ['区统计局', 'Statistics Bureau'],
  ['区体育局', 'Sports Bureau'],
  ['区绿化和市容管理局', 'Greening and City Appearance Bureau'],
  ['区住房保障和房屋管理局', 'Housing Bureau'],
  ['区环境保护局', 'Environmental Protection Bureau'],
  ['区城市管理行政执法局', 'Urban Management Law Enforcement Bureau'],
];

/** Yangpu District with the article's figures; every other number is ASSUMED (data/README.md). */
export const yangpu: DistrictPlan = {
  key: 'yangpu',
  code: '310110',
  zh: '杨浦区',
  en: 'Yangpu District',
  prefix: 'YP',
  outline: outline.ring,
  figuresDay: '2018-08-17',
  subdistricts,
  change: {
    on: '2019-12-01',
    code: '310110021',
    zh: '长海路街道',
    en: 'Changhai Road Subdistrict',
    takes: [
      { code: '310110101', areas: 'ALL' },
      { code: '310110019', areas: 6 },
    ],
  },
  leadingBodies: [
    { zh: '中共杨浦区委员会', en: 'Yangpu District Party Committee' },
    { zh: '杨浦区人民代表大会常务委员会', en: 'Yangpu District People’s Congress' },
    { zh: '杨浦区人民政府', en: 'Yangpu District Government' },
    { zh: '政协杨浦区委员会', en: 'Yangpu District CPPCC Committee' },
  ],
  departments: departments.map(([zh, en]) => ({ zh: `杨浦${zh}`, en: `Yangpu ${en}` })),
  drainage: { departmentIndex: 17, subdistrictCode: '310110012' },
  institutions: 22,
  stateOwnedEnterprises: 9,
  enterprises: 240,
  universities: 10,
  researchInstitutes: 16,
  staffing: {
    LEADING_BODY: { BUREAU: 24, DIVISION: 40, SECTION: 60, STAFF: 64 },
    DEPARTMENT: { BUREAU: 0, DIVISION: 222, SECTION: 640, STAFF: 1420 },
    INSTITUTION: { BUREAU: 0, DIVISION: 60, SECTION: 260, STAFF: 980 },
    STATE_OWNED_ENTERPRISE: { BUREAU: 0, DIVISION: 27, SECTION: 110, STAFF: 360 },
    SUBDISTRICT: { BUREAU: 0, DIVISION: 96, SECTION: 420, STAFF: 1250 },
  },
  divisionContactors: 336,
  branches: { office: 210, soe: 60, institution: 110, community: 640, twoNew: 262, paired: 858 },
  experience: { asOf: '2005-01-01', population: 430, without: 250, young: 84, retiredSince: 200 },
  party: { helpers: 5318, notHelping: 236 },
  representatives: { delegates: 338, deputies: 264, members: 247, former: 120 },
  grids: 2088,
  teams: 2105,
  participants: { active: 23_000, former: 640, cadres: 2_600 },
  households: 60_000,
  hardship: { all: 9_104, assisted: 8_842, ended: 260, later: 48 },
  homeVisits: 6_000,
  otherCases: 420,
};
