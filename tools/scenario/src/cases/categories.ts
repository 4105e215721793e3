import { idOf } from '../ids.ts';
import type { ImportLine } from '../output/import-line.ts';

/** A category of cases as the import reads it. */
export interface CaseCategoryLine extends ImportLine {
  type: 'caseCategory';
  code: string;
  parentCode?: string;
  nameZh: string;
  nameEn: string;
}

export type CaseKind = 'ENQUIRY' | 'SUGGESTION' | 'HELP_REQUEST' | 'COMPLAINT';

/** What people ask for under a category, in their words; and whose business it is. */
export interface Topic {
  code: string;
  zh: string;
  en: string;
  kind: CaseKind;
  says: string;
  settled: string;
  /** Which department answers; taken around the list where a district has fewer. */
  department: number;
}

type Row = [code: string, zh: string, en: string, kind: CaseKind, department: number, says: string, settled: string];

/** The tree of categories is ASSUMED: the article names hardship, relocation, employment and a manhole cover. */
const tree: Record<string, { zh: string; en: string; rows: Row[] }> = {
  housing: {
    zh: '住房',
    en: 'Housing',
    rows: [
      ['repair', '房屋维修', 'Repairs', 'HELP_REQUEST', 27, '屋面渗水，希望尽快维修', '联系物业当天上门堵漏'],
      ['lift', '加装电梯', 'Lifts', 'SUGGESTION', 27, '希望推进老楼加装电梯', '说明了加装流程和意见征询办法'],
      ['relocation', '旧改动迁', 'Relocation', 'ENQUIRY', 27, '询问本地块旧改计划和补偿标准', '当场解释了公开的政策'],
      [
        'property',
        '物业管理',
        'Property management',
        'COMPLAINT',
        27,
        '物业巡查不到位，楼道堆物',
        '物业当场清理了楼道',
      ],
    ],
  },
  roads: {
    zh: '道路排水',
    en: 'Roads and drains',
    rows: [
      [
        'manhole',
        '井盖',
        'Manhole covers',
        'COMPLAINT',
        17,
        '下水道阴井盖破损，有安全隐患',
        '现场放置警示锥并通知养护单位',
      ],
      ['drainage', '排水', 'Drainage', 'HELP_REQUEST', 17, '雨天弄堂积水', '现场疏通了雨水口'],
      ['pavement', '路面', 'Pavement', 'HELP_REQUEST', 16, '人行道地砖松动', '养护队当天修复'],
      ['lighting', '路灯', 'Street lights', 'HELP_REQUEST', 16, '小区门口路灯不亮', '当场报修并更换灯泡'],
    ],
  },
  environment: {
    zh: '环境市容',
    en: 'Environment',
    rows: [
      ['noise', '噪声', 'Noise', 'COMPLAINT', 28, '夜间施工噪声扰民', '当场与施工方约定停工时间'],
      ['waste', '垃圾', 'Waste', 'COMPLAINT', 26, '垃圾清运不及时', '联系环卫当天清运'],
      ['greening', '绿化', 'Greening', 'SUGGESTION', 26, '建议修剪遮挡采光的树木', '绿化队约定修剪日期'],
      ['stalls', '占道设摊', 'Street stalls', 'COMPLAINT', 29, '路口设摊影响通行', '城管现场劝离'],
    ],
  },
  livelihood: {
    zh: '民生保障',
    en: 'Livelihood',
    rows: [
      [
        'allowance',
        '社会救助',
        'Social assistance',
        'HELP_REQUEST',
        12,
        '生活困难，询问能否申请救助',
        '当场帮助填写申请',
      ],
      ['employment', '就业', 'Employment', 'HELP_REQUEST', 15, '失业在家，希望介绍岗位', '提供了招聘会信息'],
      ['elderly', '养老', 'Elderly care', 'HELP_REQUEST', 12, '希望增加助餐点', '登记了送餐服务'],
      ['medical', '医疗', 'Medical care', 'ENQUIRY', 19, '询问家庭医生签约办法', '家庭医生当场签约'],
      ['schooling', '就学', 'Schooling', 'ENQUIRY', 10, '询问入学对口学校', '当场答复了对口学校'],
    ],
  },
  safety: {
    zh: '安全',
    en: 'Safety',
    rows: [
      ['fire', '消防', 'Fire safety', 'COMPLAINT', 23, '电瓶车楼道充电', '当场劝阻并登记'],
      [
        'parking',
        '停车',
        'Parking',
        'SUGGESTION',
        16,
        '停车位紧张，建议与周边单位共享',
        '居委会与邻近单位约定夜间共享',
      ],
    ],
  },
  enterprise: {
    zh: '企业服务',
    en: 'Enterprise services',
    rows: [
      ['licence', '证照', 'Licences', 'ENQUIRY', 22, '询问证照变更办理', '当场说明办理流程'],
      ['talent', '人才', 'Talent', 'HELP_REQUEST', 15, '希望解决员工租房', '提供了人才公寓信息'],
    ],
  },
};

/** What may be asked for, each a leaf of the tree. */
export const topics: readonly Topic[] = Object.entries(tree).flatMap(([root, { rows }]) =>
  rows.map(([code, zh, en, kind, department, says, settled]) => ({
    code: `${root}.${code}`,
    zh,
    en,
    kind,
    department,
    says,
    settled,
  })),
);

/** The topic of a category that is known to exist. */
export function topic(code: string): Topic {
  const found = topics.find((one) => one.code === code);
  if (!found) throw new Error(`${code} is no topic`);
  return found;
}

/** The tree, roots before their leaves. */
export function* caseCategories(): Generator<CaseCategoryLine> {
  for (const [code, { zh, en }] of Object.entries(tree)) {
    yield { type: 'caseCategory', id: idOf('caseCategory', code), code, nameZh: zh, nameEn: en };
  }
  for (const { code, zh, en } of topics) {
    const parentCode = code.slice(0, code.indexOf('.'));
    yield { type: 'caseCategory', id: idOf('caseCategory', code), code, parentCode, nameZh: zh, nameEn: en };
  }
}
