import { domainEnum } from '@frontline/platform';

export const CallbackChannel = domainEnum('CallbackChannel', '回访方式', 'How the person was asked.', {
  PHONE: { zh: '电话', en: 'Phone' },
  VISIT: { zh: '上门', en: 'At the door' },
  MESSAGE: { zh: '短信', en: 'Message' },
  ONLINE: { zh: '网上', en: 'Online' },
});
export type CallbackChannel = keyof typeof CallbackChannel;

export const CallbackSolved = domainEnum(
  'CallbackSolved',
  '是否解决',
  'Whether the person finds that it was solved; the view of the unit stands beside it.',
  {
    SOLVED: { zh: '已解决', en: 'Solved' },
    PARTLY: { zh: '部分解决', en: 'Partly solved' },
    NOT_SOLVED: { zh: '未解决', en: 'Not solved', description: 'reopens the case as rework' },
  },
);
export type CallbackSolved = keyof typeof CallbackSolved;

export const CallbackOutcome = domainEnum('CallbackOutcome', '回访结果', 'What a callback meant for its case.', {
  CONCLUDED: { zh: '办结', en: 'Concluded' },
  REWORK: { zh: '重办', en: 'Rework' },
  TO_BE_REPEATED: { zh: '需再次回访', en: 'To be repeated', description: 'nobody was reached' },
  UNREACHABLE: { zh: '无法联系', en: 'Unreachable', description: 'concluded after enough attempts in vain' },
  ON_RECORD: { zh: '存档', en: 'On record', description: 'the case was closed already and stays so' },
});
export type CallbackOutcome = keyof typeof CallbackOutcome;

export const ClosingCode = domainEnum('ClosingCode', '办结方式', 'How the unit concluded a case.', {
  SOLVED: { zh: '已解决', en: 'Solved' },
  PARTLY_SOLVED: { zh: '部分解决', en: 'Partly solved' },
  EXPLAINED: { zh: '解释说明', en: 'Explained, no basis' },
  LONG_TERM: { zh: '挂账', en: 'Long-term' },
  DUPLICATE: { zh: '重复', en: 'Duplicate' },
  WITHDRAWN: { zh: '撤回', en: 'Withdrawn' },
  UNREACHABLE: { zh: '无法联系', en: 'Unreachable' },
});
export type ClosingCode = keyof typeof ClosingCode;
