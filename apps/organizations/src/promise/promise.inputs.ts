import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { domainEnum, LocalDate, PageArgs } from '@frontline/platform';
import { PromiseStateEnum } from './promise.entity.ts';
import type { PromiseState } from './promise-state.ts';

/** In which order what is due is listed. */
export const DueOrder = domainEnum('DueOrder', '期限排序', 'In which order what is due is listed.', {
  EARLIEST_DUE_FIRST: { zh: '最早到期在前', en: 'Earliest due first' },
  LATEST_DUE_FIRST: { zh: '最晚到期在前', en: 'Latest due first' },
});
export type DueOrder = keyof typeof DueOrder;

@InputType({ description: '承诺筛选 · Narrows a list of promises; everything given must hold.' })
export class PromiseFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: '仅本人 · True: only those you gave, or are to keep while you stand in for who gave them.',
  })
  mine?: boolean | null;

  @Field(() => ID, { nullable: true, description: '干部 · Given by this cadre.' })
  cadreId?: string | null;

  @Field(() => ID, { nullable: true, description: '对象范围 · Given at this organization or below it.' })
  targetWithin?: string | null;

  @Field(() => [PromiseStateEnum], { nullable: true, description: '状态 · In one of these states today.' })
  states?: PromiseState[] | null;

  @Field(() => LocalDate, { nullable: true, description: '期限从 · Due on this day or later.' })
  dueFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '期限至 · Due on this day or earlier.' })
  dueTo?: string | null;
}

@ArgsType()
export class PromisesArgs extends PageArgs {
  @Field(() => PromiseFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: PromiseFilter | null;

  @Field(() => DueOrder, { defaultValue: 'EARLIEST_DUE_FIRST', description: '排序 · In which order.' })
  order: DueOrder = 'EARLIEST_DUE_FIRST';
}

@InputType({ description: '兑现承诺 · That a promise was kept.' })
export class KeepPromiseInput {
  @Field({ description: '幂等键 · A text of your own making, 8 to 100 characters.' })
  idempotencyKey!: string;

  @Field(() => ID, { description: '承诺 · Which promise.' })
  promiseId!: string;

  @Field(() => LocalDate, { nullable: true, description: '兑现日 · When it was kept; today when absent.' })
  keptOn?: string | null;

  @Field(() => String, { nullable: true, description: '兑现说明 · How, up to 2000 characters.' })
  outcome?: string | null;
}
