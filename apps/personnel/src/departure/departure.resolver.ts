import { Arg, Ctx as Context, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access, manyBy, type Ctx } from '@frontline/platform';
import { KEEPS_REGISTER, PERSONNEL_RECORD } from '../cadre/cadre-access.ts';
import { Cadre } from '../cadre/cadre.entity.ts';
import { correctDeparture, recordDeparture, retireCadre, takeBackDeparture } from './departure.commands.ts';
import { Departure } from './departure.entity.ts';
import { CorrectDepartureInput, LeaveServiceInput, TakeBackDepartureInput } from './departure.inputs.ts';

/** How somebody leaves the district's service, and what was recorded of it by mistake. */
@Resolver(() => Cadre)
export class DepartureResolver {
  @Mutation(() => Cadre, {
    description: '退休 · Retire a cadre from a day on; posts, liaisons, rotations and substitutions end by it.',
  })
  @Access(KEEPS_REGISTER)
  retireCadre(
    @Context() ctx: Ctx,
    @Arg('input', () => LeaveServiceInput, { description: '内容 · From when, and why.' }) input: LeaveServiceInput,
  ): Promise<Cadre> {
    return retireCadre(ctx, input);
  }

  @Mutation(() => Cadre, {
    description:
      '离任 · Record that a cadre leaves the district’s service; posts, liaisons, rotations and substitutions end by it.',
  })
  @Access(KEEPS_REGISTER)
  recordDeparture(
    @Context() ctx: Ctx,
    @Arg('input', () => LeaveServiceInput, { description: '内容 · From when, and why.' }) input: LeaveServiceInput,
  ): Promise<Cadre> {
    return recordDeparture(ctx, input);
  }

  @Mutation(() => Cadre, {
    description:
      '撤销离任登记 · Take back a retirement or departure that was recorded here by mistake: status, posts, ranks, absences and experience are as if it had not been recorded. What ended with others (contacts, assistance, liaisons, substitutions, rotations, open cases held) goes on from today, or from that day where it lies ahead, where nobody else was given it and the rules allow it; what does not shows as a gap.',
  })
  @Access(KEEPS_REGISTER)
  takeBackDeparture(
    @Context() ctx: Ctx,
    @Arg('input', () => TakeBackDepartureInput, { description: '内容 · Whose, and why.' })
    input: TakeBackDepartureInput,
  ): Promise<Cadre> {
    return takeBackDeparture(ctx, input);
  }

  @Mutation(() => Cadre, {
    description:
      '更正离任登记 · Give a retirement or departure that was recorded here another day or reason; the record of the old one stays. What ended with others before a later day is as for one that is taken back.',
  })
  @Access(KEEPS_REGISTER)
  correctDeparture(
    @Context() ctx: Ctx,
    @Arg('input', () => CorrectDepartureInput, { description: '内容 · Whose, what is right, and why.' })
    input: CorrectDepartureInput,
  ): Promise<Cadre> {
    return correctDeparture(ctx, input);
  }

  @FieldResolver(() => [Departure], {
    nullable: true,
    description:
      '离任登记 · Retirements and departures as they were recorded here, latest first, corrected ones included; those that a register brought are in the statuses alone.',
  })
  @Access(PERSONNEL_RECORD)
  departures(@Root() { id }: Cadre, @Context() ctx: Ctx): Promise<Departure[]> {
    return manyBy(ctx, Departure, 'cadreId', id, { order: [['t.recorded_at', 'desc']] });
  }
}
