import { Field, ID, InputType } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { CadreChangeInput } from '../cadre/cadre-change.inputs.ts';
import { AbsenceKind } from './absence.entity.ts';

@InputType({ description: '登记离岗 · A period away, and who stands in.' })
export class RecordAbsenceInput extends CadreChangeInput {
  @Field(() => AbsenceKind, { description: '类别 · Why; shown to few.' })
  kind!: AbsenceKind;

  @Field(() => LocalDate, { description: '起始日 · First day away.' })
  from!: string;

  @Field(() => LocalDate, { description: '返岗日 · First day back.' })
  until!: string;

  @Field(() => ID, {
    nullable: true,
    description: '代理人 · Who takes over; at their post all that time, and not away themselves.',
  })
  substituteId?: string | null;
}

@InputType({ description: '结束离岗 · A return earlier than recorded.' })
export class EndAbsenceInput extends CadreChangeInput {
  @Field(() => ID, { description: '离岗 · The absence.' })
  absenceId!: string;

  @Field(() => LocalDate, {
    description: '返岗日 · First day back; on or before the first day away: it never takes place.',
  })
  on!: string;
}

@InputType({ description: '变更代理人 · Another substitute for the rest of an absence.' })
export class ChangeSubstituteInput extends CadreChangeInput {
  @Field(() => ID, { description: '离岗 · The absence.' })
  absenceId!: string;

  @Field(() => LocalDate, { description: '生效日 · First day of the other substitute, within the absence.' })
  on!: string;

  @Field(() => ID, { nullable: true, description: '代理人 · Who stands in from that day; nobody when absent.' })
  substituteId?: string | null;
}
