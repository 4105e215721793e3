import { dayColumn, listColumn, textColumn, type TableColumn } from '@frontline/platform/tables';

/** What a row of the table of assignments says, in numbers and codes that people know. */
export interface AssignmentLine {
  scheme: string;
  contactors: string[];
  target: string;
  from: string;
  until?: string | null;
  liaisons?: string[] | null;
  reason: string;
}

/** The table of assignments: a row each, matched by scheme, first contactor, target and first day. */
export const assignmentColumns: readonly TableColumn[] = [
  textColumn(
    {
      code: 'scheme',
      zh: '联系制度',
      en: 'Scheme',
      required: true,
      about: '联系制度代码 · Code of the contact scheme.',
    },
    40,
  ),
  listColumn(
    textColumn(
      {
        code: 'contactors',
        zh: '联系主体',
        en: 'Contactors',
        required: true,
        about:
          '干部工号或单位代码，第一位负责，多个以分号分隔 · Staff numbers of cadres, or codes of organizations; the first answers for it; divided by semicolons.',
      },
      40,
    ),
    10,
  ),
  textColumn(
    {
      code: 'target',
      zh: '联系对象',
      en: 'Target',
      required: true,
      about:
        '对象组织的代码，划片联系的为片的代码 · Code of the organization that is contacted; of the patch where the scheme is for patches.',
    },
    40,
  ),
  dayColumn({
    code: 'from',
    zh: '起始日',
    en: 'From',
    required: true,
    about:
      '与制度、第一联系主体、对象一起用于匹配 · First day; with scheme, first contactor and target, rows are matched by it.',
  }),
  dayColumn({
    code: 'until',
    zh: '终止日',
    en: 'Until',
    about: '不含当日，空白表示未定 · First day without it; blank: open.',
  }),
  listColumn(
    textColumn(
      {
        code: 'liaisons',
        zh: '联络员',
        en: 'Liaisons',
        about: '联络员工号，多个以分号分隔 · Staff numbers of those who go along, divided by semicolons.',
      },
      40,
    ),
    10,
  ),
  textColumn(
    { code: 'reason', zh: '缘由', en: 'Reason', required: true, about: '不写个人信息 · Without personal data.' },
    500,
  ),
];
