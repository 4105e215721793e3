import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { STAFF, allows } from '@frontline/access';
import { Access, connectionOf, type Ctx, type Outline, type Visibility } from '@frontline/platform';
import { EffectiveAggregate } from '../effective-aggregate.ts';

@ObjectType({
  description:
    '责任网格 · A patch of a residential area that somebody answers for; every address is in exactly one of a layer.',
})
@Directive('@key(fields: "id")')
@Access(STAFF)
@Entity()
export class Grid extends EffectiveAggregate {
  @Field({ description: '编码 · The code people use for this grid; unique in the district.' })
  @Property({ unique: true })
  code!: string;

  @Field({ description: '图层 · Which division of the district this grid belongs to, such as `responsibility`.' })
  @Property()
  layer!: string;

  @Field({ description: '名称 · Name.' })
  @Property()
  name!: string;

  @Property({ type: 'uuid', index: true })
  residentialAreaId!: string;

  @Property({ type: 'uuid', nullable: true, index: true })
  leaderCadreId?: string | null;

  /** GeoJSON polygon coordinates: an outer ring and holes, each closed, of [longitude, latitude]. */
  @Property({ type: 'json' })
  outline!: Outline;

  static visibleTo(ctx: Ctx): Visibility {
    return allows(STAFF, ctx.actor) ? 'ALL' : 'NONE';
  }
}

export const GridConnection = connectionOf(Grid, 'Grid', '责任网格');
