import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';
import { Access, domainEnum, LocalDate, type Ctx, type Visibility } from '@frontline/platform';
import { PERSONNEL_RECORD } from '../cadre/cadre-access.ts';
import { CadreStatus } from '../cadre/cadre-enums.ts';
import type { WhatEnded } from './what-ended.ts';

export const DepartureCorrection = domainEnum(
  'DepartureCorrection',
  '更正原因',
  'Why a departure on record is corrected. ASSUMED.',
  {
    WRONG_CADRE: { zh: '登记对象有误', en: 'Recorded for the wrong cadre' },
    WRONG_DAY: { zh: '日期有误', en: 'The day was wrong' },
    WRONG_REASON: { zh: '原因有误', en: 'The reason was wrong' },
    DECISION_CHANGED: { zh: '决定变更', en: 'It was decided otherwise' },
  },
);
export type DepartureCorrection = keyof typeof DepartureCorrection;

@ObjectType({
  description:
    '离任登记 · A retirement or departure as it was recorded here; one that was corrected stays on record with why.',
})
@Access(PERSONNEL_RECORD)
@Entity()
export class Departure {
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  @Field(() => CadreStatus, { description: '类别 · RETIRED or DEPARTED.' })
  @Property({ type: 'text' })
  status!: CadreStatus;

  @Field(() => LocalDate, { name: 'on', description: '生效日 · First day without the cadre.' })
  @Property({ type: 'date' })
  leavesOn!: string;

  @Field(() => Date, { description: '登记时间 · When it was recorded.' })
  @Property({ type: 'timestamptz' })
  recordedAt!: Date;

  @Field(() => Date, { nullable: true, description: '更正时间 · When it was taken back; null while it stands.' })
  @Property({ type: 'timestamptz', nullable: true })
  correctedAt?: Date | null;

  @Field(() => DepartureCorrection, {
    nullable: true,
    description: '更正原因 · Why it was taken back.',
  })
  @Property({ type: 'text', nullable: true })
  correction?: DepartureCorrection | null;

  /** What of the cadre's file ended by it, as it was; never in the graph. */
  @Property({ type: 'jsonb' })
  ended!: WhatEnded;

  static visibleTo(_ctx: Ctx): Visibility {
    return 'ALL';
  }
}
