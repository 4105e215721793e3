import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { SIGNED_IN, allows } from '@frontline/access';
import type { RecordOf, caseCategoryRecord } from '@frontline/events';
import { Access, Aggregate, connectionOf, type Ctx, type Visibility } from '@frontline/platform';

@ObjectType({ description: '案件类别 · What cases are about; a tree, by code.' })
@Access(SIGNED_IN)
@Entity()
export class CaseCategory extends Aggregate {
  @Field({ description: '代码 · Code, unique.' })
  @Property({ unique: true })
  code!: string;

  @Field(() => String, { nullable: true, description: '上级代码 · Code of the category above.' })
  @Property({ type: 'text', nullable: true })
  parentCode?: string | null;

  @Field({ description: '中文名 · Chinese name.' })
  @Property()
  nameZh!: string;

  @Field({ description: '英文名 · English name.' })
  @Property()
  nameEn!: string;

  /** What others copy of this category. */
  record(): RecordOf<typeof caseCategoryRecord> {
    const { id, code, parentCode } = this;
    return { id, code, ...(parentCode && { parentCode }) };
  }

  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }
}

export const CaseCategoryConnection = connectionOf(CaseCategory, 'CaseCategory', '案件类别');
