import { dayColumn, enumColumn, listColumn, textColumn, type TableColumn } from '@frontline/platform/tables';
import { CadreRank, CadreStatus, MembershipKind, Sex, StatusReason } from './cadre-enums.ts';

/** A post as a cell names it: by the code of the organization. */
export interface PostCell {
  code: string;
  title: string;
  temporary: boolean;
}

/** What a row of the table of cadres says; absent columns have no key, blank cells are `null`. */
export interface CadreLine {
  staffNumber: string;
  from: string;
  name: string;
  sex: Sex;
  bornOn: string;
  recruitedOn: string;
  status?: CadreStatus | null;
  reason?: StatusReason | null;
  rank?: CadreRank | null;
  posts?: PostCell[] | null;
  memberships?: MembershipKind[] | null;
}

const TEMPORARY = { zh: '挂职', en: 'temporary' } as const;

/** A post as text: 310110013/主任, and 310110013/副主任/挂职 for a temporary posting. */
const post: TableColumn = {
  ...textColumn(
    {
      code: 'posts',
      zh: '任职',
      en: 'Posts',
      about:
        '自生效日起的全部职务，写作 组织代码/职务，挂职写作 组织代码/职务/挂职，多个以分号分隔 · All posts from that day on, as code/title or code/title/temporary, divided by semicolons.',
    },
    200,
    (text) => (/^[^/]+\/.+/s.test(text) ? undefined : 'must be written code/title'),
  ),
  write(value, language) {
    const { code, title, temporary } = value as PostCell;
    return `${code}/${title}${temporary ? `/${TEMPORARY[language]}` : ''}`;
  },
};

const posts: TableColumn = listColumn(
  {
    ...post,
    read(text): PostCell {
      const checked = post.read(text) as string;
      const [code = '', ...rest] = checked.split('/').map((part) => part.trim());
      const temporary = rest.length > 1 && Object.values(TEMPORARY).some((word) => word === rest.at(-1)?.toLowerCase());
      return { code, title: rest.slice(0, temporary ? -1 : undefined).join('/'), temporary };
    },
  },
  20,
);

/**
 * The table of cadres: a row says what a cadre is from a day on, until the next row of the same staff number. A register
 * without history has one row each.
 */
export const cadreColumns: readonly TableColumn[] = [
  textColumn(
    {
      code: 'staffNumber',
      zh: '工号',
      en: 'Staff number',
      required: true,
      about: '全区唯一，按此匹配 · Unique in the district; rows are matched by it.',
    },
    40,
  ),
  dayColumn({
    code: 'from',
    zh: '生效日',
    en: 'From',
    required: true,
    about: '本行内容自该日起成立，不早于入职日期 · First day on which the row holds; not before recruitment.',
  }),
  textColumn(
    {
      code: 'name',
      zh: '姓名',
      en: 'Name',
      required: true,
      about: '姓名（个人信息，加密保存） · Name (personal data, kept encrypted).',
    },
    100,
  ),
  enumColumn({ code: 'sex', zh: '性别', en: 'Sex', required: true, about: '男或女 · Male or female.' }, Sex),
  dayColumn({
    code: 'bornOn',
    zh: '出生日期',
    en: 'Born on',
    required: true,
    about: '入职时须年满 18 周岁 · At least 18 years before recruitment.',
  }),
  dayColumn({
    code: 'recruitedOn',
    zh: '入职日期',
    en: 'Recruited on',
    required: true,
    about: '不得在未来 · Not in the future.',
  }),
  enumColumn({ code: 'status', zh: '在职状态', en: 'Status', about: '空白为在职 · Blank: active.' }, CadreStatus),
  enumColumn(
    {
      code: 'reason',
      zh: '状态原因',
      en: 'Reason',
      about: '离岗、退休或离任的原因 · Why on leave, retired or departed.',
    },
    StatusReason,
  ),
  enumColumn(
    {
      code: 'rank',
      zh: '职级',
      en: 'Rank',
      about: '自生效日起的职级；退休或离任后为空 · Rank from that day on; blank once retired or departed.',
    },
    CadreRank,
  ),
  posts,
  listColumn(
    enumColumn(
      {
        code: 'memberships',
        zh: '政治面貌',
        en: 'Membership',
        about: '中共党员、共青团员，空白为无 · Party or Youth League; blank: neither.',
      },
      MembershipKind,
    ),
    2,
  ),
];
