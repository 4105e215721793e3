import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import { STAFF, roles } from '@frontline/access';
import { Access, LocalDate, SealedType, sql, type Ctx, type Visibility } from '@frontline/platform';
import { Case } from '../case/case.entity.ts';
import { CallbackChannel, CallbackOutcome, CallbackSolved } from './callback-enums.ts';

/** Who reads what somebody said in words: those who work on the case. */
const WORKS_ON_CASES = roles('DISPATCH_CENTRE', 'DEPARTMENT', 'SUBDISTRICT', 'GRID_WORKER', 'CADRE');

@ObjectType({
  description: '回访 · The person behind a case was asked, by somebody who had not handled it, what came of it.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Callback {
  @Field(() => ID, { description: '标识 · Id.' })
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  caseId!: string;

  @Field(() => LocalDate, { description: '回访日 · When.' })
  @Property({ type: 'date' })
  heldOn!: string;

  @Field(() => CallbackChannel, { description: '方式 · How.' })
  @Property({ type: 'text' })
  channel!: CallbackChannel;

  @Field(() => Boolean, { description: '是否联系上 · Whether the person was reached.' })
  @Property({ type: 'boolean' })
  reached!: boolean;

  @Field(() => CallbackSolved, {
    nullable: true,
    description: '是否解决 · Whether they find that it was solved; null when they were not reached.',
  })
  @Property({ type: 'text', nullable: true })
  solved?: CallbackSolved | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '是否联系过 · Whether whoever handled it had contacted them; null when they did not say.',
  })
  @Property({ type: 'boolean', nullable: true })
  contacted?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: '态度是否良好 · Whether they were treated well; null when they did not say.',
  })
  @Property({ type: 'boolean', nullable: true })
  treatedWell?: boolean | null;

  @Field(() => CallbackOutcome, { description: '结果 · What it meant for the case.' })
  @Property({ type: 'text' })
  outcome!: CallbackOutcome;

  @Field(() => String, { nullable: true, description: '说明 · What they said, in words.' })
  @Property({ type: SealedType, nullable: true })
  @Access(WORKS_ON_CASES)
  note?: string | null;

  @Field(() => Date, { description: '登记时间 · When it was recorded.' })
  @Property({ type: 'timestamptz' })
  recordedAt!: Date;

  /** The cadre who asked; none when it was somebody without a cadre's file. */
  @Property({ type: 'uuid', nullable: true })
  byCadreId?: string | null;

  /** A callback is seen with its case. */
  static visibleTo(ctx: Ctx): Visibility {
    const visible = Case.visibleTo(ctx);
    if (typeof visible === 'string') return visible;
    // inside the subquery `t` is the case, as the fragment expects
    return sql`t.case_id in (select t.id from case_file t where ${visible})`;
  }
}
