import { Field, ID, InputType } from 'type-graphql';
import { LocalDate } from '@frontline/platform';
import { CadreChangeInput } from '../cadre/cadre-change.inputs.ts';
import { ExperienceKind } from './grassroots-experience.entity.ts';

@InputType({ description: '登记基层经历 · A period served at the grassroots.' })
export class RecordExperienceInput extends CadreChangeInput {
  @Field(() => ID, { description: '单位 · Where it was served; an organization at the grassroots.' })
  organizationId!: string;

  @Field(() => ExperienceKind, { description: '类别 · How it came about.' })
  kind!: ExperienceKind;

  @Field(() => LocalDate, { description: '起始日 · First day; not before recruitment.' })
  from!: string;

  @Field(() => LocalDate, { nullable: true, description: '结束日 · First day after it; open when absent.' })
  until?: string | null;
}
