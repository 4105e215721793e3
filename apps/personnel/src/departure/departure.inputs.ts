import { Field, InputType } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { CadreChangeInput } from '../cadre/cadre-change.inputs.ts';
import { StatusReason } from '../cadre/cadre-enums.ts';
import { DepartureCorrection } from './departure.entity.ts';

@InputType({ description: '退休或离任 · The day from which somebody is no longer in the district’s service, and why.' })
export class LeaveServiceInput extends CadreChangeInput {
  @Field(() => LocalDate, { description: '生效日 · First day without them; it may lie ahead.' })
  on!: string;

  @Field(() => StatusReason, {
    description:
      '原因 · AGE or HEALTH of a retirement; RESIGNATION, TRANSFER_OUT, DISMISSAL or DEATH of a departure; shown to few.',
  })
  reason!: StatusReason;
}

@InputType({ description: '撤销离任登记 · A retirement or departure that was recorded by mistake.' })
export class TakeBackDepartureInput extends CadreChangeInput {
  @Field(() => DepartureCorrection, { description: '更正原因 · Why it is taken back.' })
  correction!: DepartureCorrection;
}

@InputType({ description: '更正离任登记 · Another day of a retirement or departure, another reason, or both.' })
export class CorrectDepartureInput extends TakeBackDepartureInput {
  @Field(() => LocalDate, { nullable: true, description: '生效日 · First day without them; unchanged when absent.' })
  on?: string | null;

  @Field(() => StatusReason, {
    nullable: true,
    description:
      '原因 · Unchanged when absent; AGE or HEALTH make it a retirement, RESIGNATION, TRANSFER_OUT, DISMISSAL or DEATH a departure.',
  })
  reason?: StatusReason | null;
}
