import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { SIGNED_IN, STAFF } from '@frontline/access';
import { Access } from '@frontline/platform';

@ObjectType('Cadre', { description: '干部 · A cadre; owned by the personnel service.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
export class CadreStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): CadreStub {
    return Object.assign(new CadreStub(), { id });
  }
}

@ObjectType('PublicRepresentative', {
  description: '两代表一委员 · A party delegate, deputy or member; owned by the personnel service.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
export class RepresentativeStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): RepresentativeStub {
    return Object.assign(new RepresentativeStub(), { id });
  }
}

@ObjectType('Household', { description: '家庭 · A household; owned by the households service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(SIGNED_IN)
export class HouseholdStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): HouseholdStub {
    return Object.assign(new HouseholdStub(), { id });
  }
}

@ObjectType('Case', { description: '案件 · A case; owned by the cases service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(STAFF)
export class CaseStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): CaseStub {
    return Object.assign(new CaseStub(), { id });
  }
}

@ObjectType('PairedAssistance', { description: '结对帮扶 · A paired assistance; owned by the households service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(STAFF)
export class PairedAssistanceStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): PairedAssistanceStub {
    return Object.assign(new PairedAssistanceStub(), { id });
  }
}

@ObjectType('HomeVisit', { description: '上门走访 · A visit at a door; owned by the households service.' })
@Directive('@key(fields: "id", resolvable: false)')
@Access(STAFF)
export class HomeVisitStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): HomeVisitStub {
    return Object.assign(new HomeVisitStub(), { id });
  }
}

@ObjectType('HomeVisitDemand', { description: '走访诉求 · One thing said at a door; owned by the households service.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
export class HomeVisitDemandStub {
  @Field(() => ID, { description: '标识 · Id.' })
  id!: string;

  static of(id: string): HomeVisitDemandStub {
    return Object.assign(new HomeVisitDemandStub(), { id });
  }
}
