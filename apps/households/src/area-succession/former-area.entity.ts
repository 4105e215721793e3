import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { EffectiveRow } from '@frontline/platform';

/** The residential area that a grid, team or household belonged to until another one took that area over. */
@Entity()
export class FormerArea extends EffectiveRow {
  /** The grid, team or household; ids are unique among all of them. */
  @Property({ type: 'uuid', index: true })
  holderId!: string;

  @Property({ type: 'uuid', index: true })
  residentialAreaId!: string;
}
