import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Directive, Field, ObjectType } from 'type-graphql';
import { SIGNED_IN, allows } from '@frontline/access';
import { patchChanged, patchCreated, patchDissolved, type Fact } from '@frontline/events';
import {
  Access,
  Aggregate,
  EffectiveRow,
  LocalDate,
  connectionOf,
  type Ctx,
  type Visibility,
} from '@frontline/platform';

@ObjectType({
  description:
    '片 · Residential areas of a subdistrict that a group of its leaders holds together (划片组团联系); who holds it is a contact assignment.',
})
@Directive('@key(fields: "id")')
@Access(SIGNED_IN)
@Entity()
export class Patch extends Aggregate {
  @Property({ type: 'uuid', index: true })
  subdistrictId!: string;

  @Field({ description: '代码 · Code, unique among the patches of a time.' })
  @Property({ type: 'text' })
  code!: string;

  @Field({ description: '中文名 · Chinese name.' })
  @Property({ type: 'text' })
  nameZh!: string;

  @Field({ description: '英文名 · English name.' })
  @Property({ type: 'text' })
  nameEn!: string;

  @Field(() => LocalDate, { name: 'from', description: '起始日 · First day.' })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => LocalDate, {
    name: 'until',
    nullable: true,
    description: '截止日 · First day on which it no longer exists.',
  })
  @Property({ type: 'date', nullable: true })
  validTo?: string | null;

  /** Residents are to know whose patch they live in, as they are to know their contact. */
  static visibleTo(ctx: Ctx): Visibility {
    return allows(SIGNED_IN, ctx.actor) ? 'ALL' : 'NONE';
  }

  /** The fact that it exists, with these residential areas. */
  created(areaIds: readonly string[]): Fact {
    return patchCreated.of({ ...factsOf(this), on: this.validFrom, areaIds: [...areaIds] });
  }

  /** The fact that it holds these residential areas from a day on. */
  changed(on: string, areaIds: readonly string[]): Fact {
    return patchChanged.of({ ...factsOf(this), on, areaIds: [...areaIds] });
  }

  /** Ends it on a day; nothing comes of it where it ends then or earlier already. */
  end(on: string): Fact[] {
    const day = on < this.validFrom ? this.validFrom : on;
    if (this.validTo && this.validTo <= day) return [];
    this.validTo = day;
    return [patchDissolved.of({ ...factsOf(this), on: day })];
  }
}

/** A residential area in a patch, for a time. */
@Entity()
export class PatchArea extends EffectiveRow {
  @Property({ type: 'uuid', index: true })
  patchId!: string;

  @Property({ type: 'uuid', index: true })
  areaId!: string;
}

const factsOf = ({ id: patchId, subdistrictId, code }: Patch) => ({ patchId, subdistrictId, code });

export const PatchConnection = connectionOf(Patch, 'Patch', '片');
