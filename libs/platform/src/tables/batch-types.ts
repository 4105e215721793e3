import { ArgsType, Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, SAME_AS_PARENT } from '../access-rules.ts';
import { connectionOf, PageArgs } from '../connection.ts';
import { Instant } from '../scalars.ts';
import { ImportState } from './batch-lifecycle.ts';

@ObjectType({ description: '导入问题 · What is wrong with a row of a file, in both languages.' })
@Directive('@shareable')
@Access(SAME_AS_PARENT)
export class ImportIssue {
  @Field(() => Int, { description: '行号 · Number of the row in the file, the header counted.' })
  row!: number;

  @Field(() => String, { nullable: true, description: '列 · Code of the column, where it is about one.' })
  column!: string | null;

  @Field({ description: '错误代码 · Stable code of the rule.' })
  code!: string;

  @Field({ description: '中文说明 · The sentence in Chinese.' })
  zh!: string;

  @Field({ description: '英文说明 · The sentence in English.' })
  en!: string;
}

export const ImportIssueConnection = connectionOf(ImportIssue, 'ImportIssue', '导入问题', { shared: true });

@ObjectType({ description: '导入进度 · How far an import has come, in rows of its file.' })
@Directive('@shareable')
@Access(SAME_AS_PARENT)
export class ImportProgress {
  @Field(() => Int, { description: '总行数 · Rows of the file, without header and blank ones.' })
  total!: number;

  @Field(() => Int, { description: '已处理 · Rows dealt with.' })
  read!: number;

  @Field(() => Int, { description: '已接受 · Rows accepted: new, changed or unchanged.' })
  accepted!: number;

  @Field(() => Int, { description: '新增 · Rows of new records.' })
  created!: number;

  @Field(() => Int, { description: '更新 · Rows of records that they changed.' })
  updated!: number;

  @Field(() => Int, { description: '不变 · Rows that changed nothing.' })
  unchanged!: number;

  @Field(() => Int, { description: '未通过 · Rows refused.' })
  refused!: number;

  @Field(() => Int, { description: '已撤销 · Records that an undo has put back.' })
  undone!: number;

  @Field(() => Int, {
    description: '撤销时保留 · Records that an undo left as they are, since they were changed or are in use.',
  })
  kept!: number;
}

@ObjectType({ description: '导入批次 · A table file that was brought in, or is being brought in.' })
@Directive('@shareable')
@Access(SAME_AS_PARENT)
export class ImportBatch {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  @Field({ description: '表 · Which table, such as cadres.' })
  kind!: string;

  @Field(() => ImportState, { description: '状态 · Where it stands.' })
  state!: ImportState;

  @Field(() => Boolean, { description: '试运行 · Whether it only says what it would change.' })
  dryRun!: boolean;

  @Field(() => String, {
    nullable: true,
    description: '来源系统 · System that is the authority for its rows, unless they name another.',
  })
  source!: string | null;

  @Field(() => String, { nullable: true, description: '格式 · csv or xlsx.' })
  format!: string | null;

  @Field(() => String, { nullable: true, description: '编码 · Encoding of a CSV file.' })
  encoding!: string | null;

  @Field(() => ImportProgress, { description: '进度 · How far it has come.' })
  progress!: ImportProgress;

  @Field(() => Int, { nullable: true, description: '失败行 · Number of the row near which it failed.' })
  failedAtRow!: number | null;

  @Field(() => Instant, { description: '开始时间 · When the file came, in real time.' })
  begunAt!: Date;

  @Field(() => Instant, { description: '变动时间 · When something last happened to it, in real time.' })
  changedAt!: Date;
}

export const ImportBatchConnection = connectionOf(ImportBatch, 'ImportBatch', '导入批次', { shared: true });

@InputType({ description: '导入批次操作 · What is to happen to which import.' })
export class ImportBatchInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '批次 · The import.' })
  id!: string;
}

@ArgsType()
export class ImportBatchArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: '表 · Only imports of this table, such as cadres.' })
  kind?: string | null;
}
