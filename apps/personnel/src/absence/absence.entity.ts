import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { ObjectType } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, EffectiveRow, domainEnum } from '@frontline/platform';

/** Why a cadre is away; ASSUMED, after the usual kinds. */
export const AbsenceKind = domainEnum('AbsenceKind', '离岗类别', 'Why a cadre is away for a time.', {
  ANNUAL_LEAVE: { zh: '年休假', en: 'Annual leave' },
  SICKNESS: { zh: '病假', en: 'Sickness' },
  TRAINING: { zh: '培训', en: 'Training' },
  OFFICIAL_TRAVEL: { zh: '公务出差', en: 'Official travel' },
  LONG_LEAVE: { zh: '长期休假', en: 'Long leave' },
  OTHER: { zh: '其他', en: 'Another reason' },
});
export type AbsenceKind = keyof typeof AbsenceKind;

@ObjectType({
  description: '离岗 · A period away, with a substitute who takes over the duties and the queue for that time.',
})
@Access(STAFF)
@Entity()
export class Absence extends EffectiveRow {
  /** The cadre who is away. */
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  /** Personal data: read through the resolver, which puts it into the audit trail. */
  @Property({ type: 'text' })
  kind!: AbsenceKind;

  /** Who stands in; nobody when absent. */
  @Property({ type: 'uuid', nullable: true, index: true })
  substituteId?: string | null;
}
