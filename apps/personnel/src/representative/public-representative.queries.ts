import { organizationRecord } from '@frontline/events';
import {
  checkedId,
  connect,
  manyBy,
  personalDataCipher,
  sql,
  toEntities,
  withinPlaces,
  type Connection,
  type Ctx,
  type Sql,
} from '@frontline/platform';
import { PublicRepresentative } from './public-representative.entity.ts';
import type { PublicRepresentativeFilter, PublicRepresentativesArgs } from './public-representative.inputs.ts';

function conditions({
  kinds,
  levels,
  constituencyId,
  within,
  activeOn,
  search,
}: PublicRepresentativeFilter): (Sql | undefined)[] {
  const below = within && [checkedId(within, 'filter.within')];
  return [
    kinds ? sql`t.kind = any(${[...kinds]}::text[])` : undefined,
    levels ? sql`t.level = any(${[...levels]}::text[])` : undefined,
    constituencyId ? sql`t.constituency_id = ${checkedId(constituencyId, 'filter.constituencyId')}` : undefined,
    below ? (withinPlaces(organizationRecord, sql.ref('t.constituency_id'), below) as Sql) : undefined,
    activeOn
      ? sql`t.term_from <= ${activeOn}::date and (t.term_until is null or ${activeOn}::date < t.term_until)`
      : undefined,
    search ? sql`t.name_index = ${personalDataCipher().blindIndex(search)}` : undefined,
  ];
}

/** Public representatives by filter, latest term first. */
export function publicRepresentatives(
  ctx: Ctx,
  args: PublicRepresentativesArgs,
): Promise<Connection<PublicRepresentative>> {
  return connect(ctx, PublicRepresentative, args, {
    where: conditions(args.filter ?? {}),
    order: [['t.term_from', 'desc']],
  });
}

/** Terms that a cadre has held or will hold, latest first. */
export const termsOf = (ctx: Ctx, cadreId: string): Promise<PublicRepresentative[]> =>
  manyBy(ctx, PublicRepresentative, 'cadreId', cadreId, { order: [['t.term_from', 'desc']] });

/** What these representatives are to other services: the records of a snapshot. */
export async function representativeRecords(ctx: Ctx, ids: readonly string[]) {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from public_representative where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return toEntities(ctx.em, PublicRepresentative, rows).map((each) => each.record());
}
