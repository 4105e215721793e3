import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';

@InputType({ description: '定点联系筛选 · Narrows a list of contact assignments; everything given must hold.' })
export class ContactAssignmentFilter {
  @Field(() => String, { nullable: true, description: '联系制度 · Code of the scheme.' })
  scheme?: string | null;

  @Field(() => ID, { nullable: true, description: '联系主体 · Held by this cadre or organization.' })
  contactorId?: string | null;

  @Field(() => ID, { nullable: true, description: '对象 · Fixed to this target.' })
  targetId?: string | null;

  @Field(() => ID, { nullable: true, description: '范围 · Fixed to this organization or something below it.' })
  targetWithin?: string | null;

  @Field(() => LocalDate, { nullable: true, description: '日期 · Holds on this day; today when absent.' })
  on?: string | null;
}

@ArgsType()
export class ContactAssignmentsArgs extends PageArgs {
  @Field(() => ContactAssignmentFilter, { nullable: true, description: '筛选 · Narrows the list.' })
  filter?: ContactAssignmentFilter | null;
}

@ArgsType()
export class AssignmentsOnArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · Those that hold on this day; today when absent.' })
  on?: string | null;

  @Field(() => String, { nullable: true, description: '联系制度 · Only this scheme (its code).' })
  scheme?: string | null;
}
