import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { RepresentativeKind, RepresentativeLevel, TermEndReason } from './public-representative.entity.ts';

@InputType({ description: '登记代表 · Somebody who is elected or named for a term.' })
export class RegisterRepresentativeInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same representative.',
  })
  idempotencyKey!: string;

  @Field(() => String, {
    nullable: true,
    description: '姓名 · Name, 1 to 100 characters; kept sealed. Left out when cadreId says who it is.',
  })
  name?: string | null;

  @Field(() => ID, { nullable: true, description: '干部 · The cadre who is this representative, if one is.' })
  cadreId?: string | null;

  @Field(() => RepresentativeKind, { description: '类别 · Delegate, deputy or member.' })
  kind!: RepresentativeKind;

  @Field(() => RepresentativeLevel, { description: '层级 · Municipal or district.' })
  level!: RepresentativeLevel;

  @Field(() => LocalDate, { description: '任期起 · First day of the term.' })
  termFrom!: string;

  @Field(() => LocalDate, { nullable: true, description: '任期止 · First day after the term, where it is known.' })
  termUntil?: string | null;

  @Field(() => ID, { nullable: true, description: '选区 · Whose people elected them; none for CPPCC members.' })
  constituencyId?: string | null;
}

/** What every change of a representative asks for. */
@InputType()
export abstract class RepresentativeChangeInput {
  @Field({
    description:
      '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same representative.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: '代表 · The representative, for the term to change or to continue.' })
  representativeId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '续任 · Another term of the same kind and level.' })
export class RenewRepresentativeInput extends RepresentativeChangeInput {
  @Field(() => LocalDate, { description: '任期起 · First day of the new term; not before the old one ends.' })
  termFrom!: string;

  @Field(() => LocalDate, { nullable: true, description: '任期止 · First day after it, where it is known.' })
  termUntil?: string | null;

  @Field(() => ID, { nullable: true, description: '选区 · Constituency of the new term; as before when absent.' })
  constituencyId?: string | null;
}

@InputType({ description: '提前结束任期 · A term that ends before its time.' })
export class EndRepresentativeInput extends RepresentativeChangeInput {
  @Field(() => LocalDate, { description: '生效日 · First day without it.' })
  on!: string;

  @Field(() => TermEndReason, { description: '原因 · Why.' })
  reason!: TermEndReason;
}

@InputType({ description: '代表筛选 · Narrows a list of public representatives; everything given must hold.' })
export class PublicRepresentativeFilter {
  @Field(() => [RepresentativeKind], { nullable: true, description: '类别 · One of these kinds.' })
  kinds?: RepresentativeKind[] | null;

  @Field(() => [RepresentativeLevel], { nullable: true, description: '层级 · One of these levels.' })
  levels?: RepresentativeLevel[] | null;

  @Field(() => ID, { nullable: true, description: '选区 · Elected at this organization.' })
  constituencyId?: string | null;

  @Field(() => ID, { nullable: true, description: '范围 · Elected at this organization or below it.' })
  within?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '在任日 · In office on this day.' })
  activeOn?: string | null;

  @Field(() => String, { nullable: true, description: '姓名 · Name is exactly this (names are sealed).' })
  search?: string | null;
}

@ArgsType()
export class PublicRepresentativesArgs extends PageArgs {
  @Field(() => PublicRepresentativeFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: PublicRepresentativeFilter | null;
}
