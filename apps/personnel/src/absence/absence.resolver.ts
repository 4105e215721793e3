import { Arg, Ctx as Context, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access, byId, LocalDate, manyBy, sql, type Ctx } from '@frontline/platform';
import { KEEPS_REGISTER, PERSONNEL_RECORD } from '../cadre/cadre-access.ts';
import { Cadre } from '../cadre/cadre.entity.ts';
import { auditPersonnelRecord } from '../cadre/personnel-record-read.ts';
import { changeAbsenceSubstitute, endCadreAbsence, recordCadreAbsence } from './absence.commands.ts';
import { Absence, AbsenceKind } from './absence.entity.ts';
import { ChangeSubstituteInput, EndAbsenceInput, RecordAbsenceInput } from './absence.inputs.ts';

@Resolver(() => Absence)
export class AbsenceResolver {
  @Mutation(() => Cadre, { description: '登记离岗 · Record a period away, with who stands in.' })
  @Access(KEEPS_REGISTER)
  recordAbsence(
    @Context() ctx: Ctx,
    @Arg('input', () => RecordAbsenceInput, { description: '内容 · The absence.' }) input: RecordAbsenceInput,
  ): Promise<Cadre> {
    return recordCadreAbsence(ctx, input);
  }

  @Mutation(() => Cadre, { description: '结束离岗 · End an absence earlier than recorded, or before it begins.' })
  @Access(KEEPS_REGISTER)
  endAbsence(
    @Context() ctx: Ctx,
    @Arg('input', () => EndAbsenceInput, { description: '内容 · Which, and the first day back.' })
    input: EndAbsenceInput,
  ): Promise<Cadre> {
    return endCadreAbsence(ctx, input);
  }

  @Mutation(() => Cadre, {
    description: '变更代理人 · Name another substitute, or none, for the rest of an absence.',
  })
  @Access(KEEPS_REGISTER)
  changeSubstitute(
    @Context() ctx: Ctx,
    @Arg('input', () => ChangeSubstituteInput, { description: '内容 · Which, from when, and who.' })
    input: ChangeSubstituteInput,
  ): Promise<Cadre> {
    return changeAbsenceSubstitute(ctx, input);
  }

  @FieldResolver(() => AbsenceKind, {
    nullable: true,
    description: '类别 · Why; shown only to those who keep or audit personnel records, and audited.',
  })
  @Access(PERSONNEL_RECORD)
  async kind(@Root() { cadreId, kind }: Absence, @Context() ctx: Ctx): Promise<AbsenceKind> {
    await auditPersonnelRecord(ctx, cadreId);
    return kind;
  }

  @FieldResolver(() => Cadre, { nullable: true, description: '干部 · Who is away.' })
  cadre(@Root() { cadreId }: Absence, @Context() ctx: Ctx): Promise<Cadre | undefined> {
    return byId(ctx, Cadre, cadreId);
  }

  @FieldResolver(() => Cadre, { nullable: true, description: '代理人 · Who stands in; null for nobody.' })
  substitute(@Root() { substituteId }: Absence, @Context() ctx: Ctx): Promise<Cadre | undefined> {
    return byId(ctx, Cadre, substituteId);
  }
}

@Resolver(() => Cadre)
export class CadreAbsenceResolver {
  @FieldResolver(() => [Absence], { description: '离岗 · Periods away, those to come included, latest first.' })
  absences(@Root() { id }: Cadre, @Context() ctx: Ctx): Promise<Absence[]> {
    return manyBy(ctx, Absence, 'cadreId', id, { order: [['t.valid_from', 'desc']] });
  }

  @FieldResolver(() => Absence, {
    nullable: true,
    description: '当日离岗 · The absence of a day; null when there is none.',
  })
  async absence(
    @Root() cadre: Cadre,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day asked about; today when absent.' })
    on?: string,
  ): Promise<Absence | undefined> {
    const day = on ?? ctx.today();
    return (await this.absences(cadre, ctx)).find((absence) => absence.holdsOn(day));
  }

  @FieldResolver(() => [Absence], {
    description: '代理 · Absences of others for whom this cadre stands in on a day or later, earliest first.',
  })
  substitutes(
    @Root() { id }: Cadre,
    @Context() ctx: Ctx,
    @Arg('from', () => LocalDate, { nullable: true, description: '日期 · From this day on; today when absent.' })
    from?: string,
  ): Promise<Absence[]> {
    const day = from ?? ctx.today();
    return manyBy(ctx, Absence, 'substituteId', id, {
      where: [sql`(t.valid_to is null or t.valid_to > ${day}::date)`],
      order: [['t.valid_from', 'asc']],
    });
  }
}
