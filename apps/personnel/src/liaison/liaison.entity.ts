import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { ObjectType } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, EffectiveRow } from '@frontline/platform';

@ObjectType({ description: '联络员期间 · An office cadre who goes out with a division-level cadre, for a time.' })
@Access(STAFF)
@Entity()
export class Liaison extends EffectiveRow {
  /** The division-level cadre. */
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  /** The office cadre who goes along. */
  @Property({ type: 'uuid', index: true })
  liaisonId!: string;
}
