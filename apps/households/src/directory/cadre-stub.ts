import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { SIGNED_IN } from '@frontline/access';
import { Access } from '@frontline/platform';

@ObjectType('Cadre', { description: '干部 · A person in the district’s service; owned by the personnel service.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
export class CadreStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): CadreStub {
    return Object.assign(new CadreStub(), { id });
  }
}
