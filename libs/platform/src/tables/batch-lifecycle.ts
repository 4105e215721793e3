import { domainEnum } from '../domain-enum.ts';

export const ImportState = domainEnum('ImportState', '导入批次状态', 'Where an import of a table file stands.', {
  READING: { zh: '读取中', en: 'Reading', description: 'the file is coming in' },
  WAITING: { zh: '等待处理', en: 'Waiting' },
  RUNNING: { zh: '处理中', en: 'Running' },
  CHECKED: { zh: '已试运行', en: 'Checked', description: 'a dry run is done and nothing was changed' },
  DONE: { zh: '已完成', en: 'Done' },
  CANCELLED: { zh: '已取消', en: 'Cancelled', description: 'rows that were done by then stay' },
  FAILED: { zh: '已失败', en: 'Failed', description: 'rows that were done by then stay' },
  UNDOING: { zh: '撤销中', en: 'Being undone' },
  UNDONE: { zh: '已撤销', en: 'Undone', description: 'records that were changed since stay as they are' },
});
export type ImportState = keyof typeof ImportState;

/** What people can do to a batch. */
export type BatchMove = 'commit' | 'cancel' | 'undo';

/** From which states a move is possible, and where it leads. What is running stops at the end of its chunk. */
export const batchMoves: Readonly<Record<BatchMove, { from: readonly ImportState[]; to: ImportState }>> = {
  commit: { from: ['CHECKED'], to: 'WAITING' },
  cancel: { from: ['WAITING', 'RUNNING', 'CHECKED'], to: 'CANCELLED' },
  undo: { from: ['DONE', 'CANCELLED', 'FAILED'], to: 'UNDOING' },
};
