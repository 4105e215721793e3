import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { SIGNED_IN } from '@frontline/access';
import { Access } from '@frontline/platform';

@ObjectType('Organization', {
  description: '组织 · An organization of the district; owned by the organizations service.',
})
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
export class OrganizationStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): OrganizationStub {
    return Object.assign(new OrganizationStub(), { id });
  }
}
