import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';
import { CadreChangeInput } from '../cadre/cadre-change.inputs.ts';

@InputType({ description: '指定联络员 · An office cadre who goes out with a leading one.' })
export class AssignLiaisonInput extends CadreChangeInput {
  @Field(() => ID, { description: '联络员 · Who goes along; below division level.' })
  liaisonId!: string;

  @Field(() => LocalDate, { description: '起始日 · First day.' })
  from!: string;

  @Field(() => LocalDate, { nullable: true, description: '结束日 · First day without; open when absent.' })
  until?: string | null;
}

@InputType({ description: '解除联络员 · A liaison who no longer goes along.' })
export class ReleaseLiaisonInput extends CadreChangeInput {
  @Field(() => ID, { description: '联络员 · Who no longer goes along.' })
  liaisonId!: string;

  @Field(() => LocalDate, { description: '生效日 · First day without.' })
  on!: string;
}

@ArgsType()
export class LiaisonGapsArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · The day asked about; today when absent.' })
  on?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: '范围 · Only cadres with a post at this organization or below it on that day.',
  })
  within?: string | null;
}
