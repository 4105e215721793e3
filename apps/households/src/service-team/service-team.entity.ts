import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import { Access, connectionOf, type Ctx, type Visibility } from '@frontline/platform';
import { EffectiveAggregate } from '../effective-aggregate.ts';

@ObjectType({
  description: '服务团队 · A team that serves one or more grids, or a whole residential area, from door to door.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class ServiceTeam extends EffectiveAggregate {
  @Field({ description: '编码 · The code people use for this team; unique in the district.' })
  @Property({ unique: true })
  code!: string;

  @Field({ description: '名称 · Name.' })
  @Property()
  name!: string;

  @Property({ type: 'uuid', index: true })
  residentialAreaId!: string;

  /** The grids served; none means the whole residential area. */
  @Property({ type: 'array', columnType: 'uuid[]' })
  gridIds!: string[];

  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

export const ServiceTeamConnection = connectionOf(ServiceTeam, 'ServiceTeam', '服务团队');
