import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { STAFF } from '@frontline/access';
import { Access, EffectiveRow, LocalDate, SAME_AS_PARENT, domainEnum } from '@frontline/platform';

export const ExperienceKind = domainEnum(
  'ExperienceKind',
  '基层经历类别',
  'How a period at the grassroots came about.',
  {
    POSTING: { zh: '任职', en: 'Posting' },
    ROTATION: { zh: '轮岗锻炼', en: 'Rotation' },
    TEMPORARY_POSTING: { zh: '挂职', en: 'Temporary posting' },
  },
);
export type ExperienceKind = keyof typeof ExperienceKind;

/** Populations whose grassroots experience is asked for; what each means stands in `grassroots-population.ts`. */
export const ExperiencePopulation = domainEnum('ExperiencePopulation', '统计人群', 'Whose experience is counted.', {
  DIVISION_AND_YOUNG: {
    zh: '处级干部和新进机关年轻干部',
    en: 'Division-level cadres and newly recruited young office cadres',
  },
  DIVISION: { zh: '处级干部', en: 'Division-level cadres' },
  YOUNG_OFFICE: { zh: '新进机关年轻干部', en: 'Newly recruited young office cadres' },
});
export type ExperiencePopulation = keyof typeof ExperiencePopulation;

@ObjectType({ description: '基层经历 · A period that a cadre served at the grassroots.' })
@Access(STAFF)
@Entity()
export class GrassrootsExperience extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  cadreId!: string;

  @Property({ type: 'uuid', index: true })
  organizationId!: string;

  @Field(() => ExperienceKind, { description: '类别 · How it came about.' })
  @Property({ type: 'text' })
  kind!: ExperienceKind;
}

@ObjectType({ description: '基层经历统计 · How many of a population had no grassroots experience by a day.' })
@Access(SAME_AS_PARENT)
export class GrassrootsExperienceShare {
  @Field(() => LocalDate, { description: '统计日 · The day asked about.' })
  asOf!: string;

  @Field(() => Int, {
    description: '人数 · How many belong to the population on that day.',
  })
  population!: number;

  @Field(() => Int, { description: '无基层经历人数 · Those of them without any grassroots experience until then.' })
  without!: number;

  @Field(() => Float, {
    nullable: true,
    description: '比例 · without / population; null when the population is empty.',
  })
  shareWithout?: number;
}
