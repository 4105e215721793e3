import { defineErrors } from '../errors.ts';

/** What can be wrong with a table file, with one of its rows, or with what is asked of a batch. */
export const tableErrors = defineErrors({
  'import.unknownKind': {
    kind: 'notFound',
    status: 404,
    en: 'There is no table {name} here; there are {known}.',
    zh: '没有名为 {name} 的表；现有：{known}。',
  },
  'import.encoding': {
    kind: 'invalid',
    status: 400,
    en: 'The file is not text in {encoding} (row {row}). Save it as CSV UTF-8, or name the encoding (utf-8, gb18030).',
    zh: '文件不是 {encoding} 编码的文本（第 {row} 行）。请另存为 CSV UTF-8，或指明编码（utf-8、gb18030）。',
  },
  'import.malformed': {
    kind: 'invalid',
    status: 400,
    en: 'The file cannot be read as {format} from row {row} on.',
    zh: '文件自第 {row} 行起无法按 {format} 读取。',
  },
  'import.tooLarge': {
    kind: 'invalid',
    status: 413,
    en: 'The file exceeds a limit: {limit}. Divide it.',
    zh: '文件超出限制：{limit}。请拆分。',
  },
  'import.noHeader': {
    kind: 'invalid',
    status: 400,
    en: 'The file has no row with the names of its columns.',
    zh: '文件缺少列名行。',
  },
  'import.unknownColumn': {
    kind: 'invalid',
    status: 400,
    en: 'There is no column {column}; the template lists them all.',
    zh: '没有名为 {column} 的列；全部列名见模板。',
  },
  'import.columnTwice': {
    kind: 'invalid',
    status: 400,
    en: 'The column {column} stands there twice.',
    zh: '列 {column} 重复。',
  },
  'import.missingColumn': {
    kind: 'invalid',
    status: 400,
    en: 'The column {column} is missing.',
    zh: '缺少列 {column}。',
  },
  'import.parameter': {
    kind: 'invalid',
    status: 400,
    en: '{field} must be {rule}.',
    zh: '参数 {field} 不符合要求（{rule}）。',
  },
  'import.interrupted': {
    kind: 'illegalState',
    en: 'The upload broke off before the whole file had come.',
    zh: '文件尚未上传完毕，传输即已中断。',
  },
  'import.failed': {
    kind: 'illegalState',
    en: 'Something went wrong on our side at row {row}; rows before it stay as this batch left them. The request id helps us to find it.',
    zh: '系统在第 {row} 行附近出错，此前各行保持本批次处理后的结果。可凭请求编号排查。',
  },
  'import.notFound': {
    kind: 'notFound',
    status: 404,
    en: '{field}: no import with this id exists that you may see.',
    zh: '{field}：没有您可见的该导入批次。',
  },
  'import.state': {
    kind: 'illegalState',
    en: '{field}: {action} is not possible, the batch is {state}.',
    zh: '{field}：批次状态为 {state}，不能进行 {action}。',
  },
  'cell.required': { kind: 'invalid', en: '{field} must not be blank.', zh: '{field}不能为空。' },
  'cell.text': {
    kind: 'invalid',
    en: '{field} must have at most {max} characters.',
    zh: '{field}不得超过 {max} 个字符。',
  },
  'cell.kept': {
    kind: 'invalid',
    en: '{field} is kept as a number in the workbook, so that leading zeros may be lost. Format the column as text, then type the value again.',
    zh: '{field}在表格中以数值保存，前导零可能已丢失。请将该列设为“文本”格式后重新填写。',
  },
  'cell.day': {
    kind: 'invalid',
    en: '{field} must be a day that exists, such as 2018-08-17.',
    zh: '{field}必须是存在的日期，例如 2018-08-17。',
  },
  'cell.number': {
    kind: 'invalid',
    en: '{field} must be {rule}.',
    zh: '{field}必须是符合要求的数字（{rule}）。',
  },
  'cell.choice': {
    kind: 'invalid',
    en: '{field} must be one of {allowed}.',
    zh: '{field}必须是以下之一：{allowed}。',
  },
  'cell.list': {
    kind: 'invalid',
    en: '{field} must list at most {max}, divided by semicolons, each once.',
    zh: '{field}最多列出 {max} 项，以分号分隔，不得重复。',
  },
  'cell.form': { kind: 'invalid', en: '{field} {rule}.', zh: '{field}格式不符（{rule}）。' },
  'row.belongs': {
    kind: 'invalid',
    en: 'Row {row} of the same record is refused, and a record is brought in whole or not at all.',
    zh: '同一记录的第 {row} 行未通过，整条记录均不导入。',
  },
  'row.ownedElsewhere': {
    kind: 'conflict',
    en: 'The record belongs to the system {system}, which alone changes it.',
    zh: '该记录以系统 {system} 为准，只能由其更改。',
  },
  'row.changedSince': {
    kind: 'conflict',
    en: 'The record has been changed since this batch, so it stays as it is.',
    zh: '该记录在本批次之后已被更改，保持现状。',
  },
  'row.inUse': {
    kind: 'conflict',
    en: 'The record came with this batch and is in use by now ({use}), so it stays.',
    zh: '该记录由本批次新增，现已被使用（{use}），予以保留。',
  },
  'record.ownedElsewhere': {
    kind: 'conflict',
    en: '{field}: the record belongs to the system {system}; change it there, or let its keeper release it.',
    zh: '{field}：该记录以系统 {system} 为准，请在该系统中更改，或由其维护方移交。',
  },
});
