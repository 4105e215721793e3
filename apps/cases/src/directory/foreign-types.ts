import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { SIGNED_IN } from '@frontline/access';
import { Access } from '@frontline/platform';

@ObjectType('Organization', { description: '组织 · An organization; owned by the organizations service.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
export class OrganizationStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;
}

@ObjectType('Cadre', { description: '干部 · A cadre; owned by the personnel service.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
export class CadreStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;
}

@ObjectType('Household', { description: '家庭 · A household; owned by the households service.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
export class HouseholdStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;
}

@ObjectType('Demand', { description: '诉求 · One thing that somebody asked for; owned by the organizations service.' })
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
export class DemandStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;
}

@ObjectType('Activity', { description: '走访活动 · What took place; owned by the organizations service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(SIGNED_IN)
export class ActivityStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;
}

@ObjectType('HomeVisit', { description: '上门走访 · A visit at a door; owned by the households service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(SIGNED_IN)
export class HomeVisitStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;
}

/** A stub of another service's object. */
export function stub<T extends { id: string }>(type: new () => T, id: string): T {
  return Object.assign(new type(), { id });
}
