import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { SIGNED_IN } from '@frontline/access';
import { Access } from '@frontline/platform';

@ObjectType('Case', { description: '件 · A demand that must be answered; owned by the cases service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(SIGNED_IN)
export class CaseStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): CaseStub {
    return Object.assign(new CaseStub(), { id });
  }
}
