import { domainEnum } from '@frontline/platform';

export const OrganizationKind = domainEnum('OrganizationKind', '组织类别', 'What kind of organization this is.', {
  DISTRICT: { zh: '区', en: 'District' },
  LEADING_BODY: {
    zh: '四套班子',
    en: 'Leading body',
    description: 'party committee, people’s congress, government, CPPCC',
  },
  DEPARTMENT: { zh: '职能部门', en: 'Department' },
  INSTITUTION: { zh: '事业单位', en: 'Institution' },
  STATE_OWNED_ENTERPRISE: { zh: '国有企业', en: 'State-owned enterprise' },
  SUBDISTRICT: { zh: '街道', en: 'Subdistrict' },
  TOWN: { zh: '镇', en: 'Town' },
  RESIDENTIAL_AREA: { zh: '居民区', en: 'Residential area', description: 'with its residents’ committee' },
  SERVICE_CENTRE: { zh: '党员服务中心', en: 'Party service centre' },
  ENTERPRISE: { zh: '企业', en: 'Enterprise' },
  UNIVERSITY: { zh: '高校', en: 'University' },
  RESEARCH_INSTITUTE: { zh: '科研院所', en: 'Research institute' },
  PARTY_BRANCH: { zh: '党支部', en: 'Party branch' },
});
export type OrganizationKind = keyof typeof OrganizationKind;

export const BranchSector = domainEnum('BranchSector', '支部类别', 'In which sector a party branch is.', {
  OFFICE: { zh: '机关', en: 'Office' },
  SOE: { zh: '国企', en: 'State-owned enterprise' },
  INSTITUTION: { zh: '事业单位', en: 'Institution' },
  COMMUNITY: { zh: '社区', en: 'Community' },
  TWO_NEW: { zh: '“两新”组织', en: 'Two-new', description: 'new economic and new social organizations' },
});
export type BranchSector = keyof typeof BranchSector;

export const OrganizationStatus = domainEnum('OrganizationStatus', '组织状态', 'Whether an organization exists.', {
  ACTIVE: { zh: '存续', en: 'Active' },
  MERGED: { zh: '合并', en: 'Merged', description: 'into its successors' },
  DISSOLVED: { zh: '撤销', en: 'Dissolved' },
});
export type OrganizationStatus = keyof typeof OrganizationStatus;

export const OrganizationTree = domainEnum('OrganizationTree', '组织树', 'Which of the two trees.', {
  TERRITORY: { zh: '属地', en: 'Territory', description: 'district → subdistrict or town → residential area' },
  FUNCTION: { zh: '条线', en: 'Function', description: 'district offices and what stands under them' },
});
export type OrganizationTree = keyof typeof OrganizationTree;

export const OrganizationOrder = domainEnum(
  'OrganizationOrder',
  '组织排序',
  'How a list of organizations is ordered.',
  {
    CODE: { zh: '代码', en: 'By code' },
    NAME: { zh: '名称', en: 'By Chinese name of today' },
  },
);
export type OrganizationOrder = keyof typeof OrganizationOrder;
