import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import { Access, Aggregate, LocalDate, connectionOf, domainEnum, type Ctx, type Visibility } from '@frontline/platform';

export const RepresentativeKind = domainEnum(
  'RepresentativeKind',
  '代表类别',
  'Which of the “two delegates and one member” somebody is.',
  {
    PARTY_DELEGATE: { zh: '党代表', en: 'Party delegate' },
    CONGRESS_DEPUTY: { zh: '人大代表', en: 'People’s-congress deputy' },
    CPPCC_MEMBER: { zh: '政协委员', en: 'CPPCC member' },
  },
);
export type RepresentativeKind = keyof typeof RepresentativeKind;

export const RepresentativeLevel = domainEnum(
  'RepresentativeLevel',
  '代表层级',
  'At which level somebody represents.',
  {
    MUNICIPAL: { zh: '市级', en: 'Municipal' },
    DISTRICT: { zh: '区级', en: 'District' },
  },
);
export type RepresentativeLevel = keyof typeof RepresentativeLevel;

@ObjectType({ description: '两代表一委员 · A party delegate, people’s-congress deputy or CPPCC member, for a term.' })
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class PublicRepresentative extends Aggregate {
  @Field({ description: '姓名 · Name.' })
  @Property({ index: true })
  name!: string;

  /** The cadre who is this representative, if one is. */
  @Property({ type: 'uuid', nullable: true, index: true })
  cadreId?: string | null;

  @Field(() => RepresentativeKind, { description: '类别 · Delegate, deputy or member.' })
  @Property({ type: 'text' })
  kind!: RepresentativeKind;

  @Field(() => RepresentativeLevel, { description: '层级 · Municipal or district.' })
  @Property({ type: 'text' })
  level!: RepresentativeLevel;

  @Field(() => LocalDate, { description: '任期起 · First day of the term.' })
  @Property({ type: 'date' })
  termFrom!: string;

  @Field(() => LocalDate, { nullable: true, description: '任期止 · First day after the term.' })
  @Property({ type: 'date', nullable: true })
  termUntil?: string | null;

  /** The organization whose people elected this representative. */
  @Property({ type: 'uuid', nullable: true, index: true })
  constituencyId?: string | null;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

export const PublicRepresentativeConnection = connectionOf(
  PublicRepresentative,
  'PublicRepresentative',
  '两代表一委员',
);
