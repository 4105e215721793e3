import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { sql, type Ctx, type Visibility } from '@frontline/platform';
import type { Heirs } from './heirs.ts';

/** Who goes on for an organization that others have taken over: kept once its day has come, since posts may be entered later. */
@Entity()
export class OrganizationHeir {
  /** The organization that was taken over; it ends once. */
  @PrimaryKey({ type: 'uuid' })
  organizationId!: string;

  @Property({ type: 'uuid' })
  heirId!: string;

  /** The first day of the heir. */
  @Property({ type: 'date' })
  since!: string;

  /** Of use to this service alone; the graph asks organizations. */
  static visibleTo(ctx: Ctx): Visibility {
    return ctx.actor.kind === 'system' ? 'ALL' : 'NONE';
  }
}

/** Every organization that was taken over by now, with its heir. */
export async function heirsOf(ctx: Ctx): Promise<Heirs> {
  const { rows } = await sql<{ id: string; heirId: string; since: string }>`
    select organization_id as id, heir_id as "heirId", since::text from organization_heir`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ id, heirId, since }) => [id, { heirId, since }]));
}
