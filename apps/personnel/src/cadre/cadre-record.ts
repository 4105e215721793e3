import { type cadreRecord, type RecordOf } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';
import type { Absence } from '../absence/absence.entity.ts';
import type { Liaison } from '../liaison/liaison.entity.ts';
import { valueOn, type Timeline } from '../effective/timeline.ts';
import { succeededBy } from '../succession/heirs.ts';
import { heirsOf } from '../succession/organization-heir.entity.ts';
import type { CadreStatus } from './cadre-enums.ts';
import { FIRST_STATUS } from './cadre-status.ts';
import type { Cadre, Membership, Post, RankPeriod, StatusPeriod } from './cadre.entity.ts';

/** What other services copy of a cadre: no name, no date of birth, no reason. */
export type CadreFacts = RecordOf<typeof cadreRecord>;

/** The rows of a cadre that its record shows, in any order. */
export interface RecordedRows {
  statuses: readonly Pick<StatusPeriod, 'status' | 'validFrom' | 'validTo'>[];
  ranks: readonly Pick<RankPeriod, 'rank' | 'validFrom' | 'validTo'>[];
  posts: readonly (Pick<Post, 'organizationId' | 'temporary' | 'validFrom' | 'validTo'> & {
    /** See `succeededBy`. */
    succeedsId?: string | undefined;
  })[];
  memberships: readonly Pick<Membership, 'kind' | 'validFrom' | 'validTo'>[];
  liaisons: readonly Pick<Liaison, 'liaisonId' | 'validFrom' | 'validTo'>[];
  absences: readonly Pick<Absence, 'id' | 'substituteId' | 'validFrom' | 'validTo'>[];
}

type Validity = { validFrom: string; validTo?: string | null };

const period = ({ validFrom, validTo }: Validity) => ({ from: validFrom, ...(validTo && { until: validTo }) });

const earliestFirst = <R extends Validity>(rows: readonly R[]): R[] =>
  [...rows].sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));

/** The times of one kind of membership. */
const timesOf = (memberships: RecordedRows['memberships'], asked: Membership['kind']) =>
  earliestFirst(memberships)
    .filter(({ kind }) => kind === asked)
    .map(period);

/** The statuses of a cadre as a timeline. */
export function statusTimeline(rows: RecordedRows['statuses']): Timeline<CadreStatus> {
  return earliestFirst(rows).map((row) => ({ value: row.status, ...period(row) }));
}

/** The record of a cadre from its rows; `status` is that of `today`, and `statuses` says since when and what will follow. */
export function recordOf(
  { id, staffNumber }: Pick<Cadre, 'id' | 'staffNumber'>,
  { statuses, ranks, posts, memberships, liaisons, absences }: RecordedRows,
  today: string,
): CadreFacts {
  const timeline = statusTimeline(statuses);
  return {
    id,
    staffNumber,
    status: valueOn(timeline, today) ?? timeline[0]?.value ?? FIRST_STATUS,
    statuses: timeline.map(({ value: status, from, until }) => ({ status, from, ...(until && { until }) })),
    ranks: earliestFirst(ranks).map((row) => ({ rank: row.rank, ...period(row) })),
    posts: earliestFirst(posts).map((row) => ({
      organizationId: row.organizationId,
      ...(row.temporary && { temporary: true }),
      ...(row.succeedsId && { succeeds: row.succeedsId }),
      ...period(row),
    })),
    partyMember: timesOf(memberships, 'PARTY'),
    leagueMember: timesOf(memberships, 'LEAGUE'),
    liaisonIds: earliestFirst(liaisons).map((row) => ({ cadreId: row.liaisonId, ...period(row) })),
    absences: earliestFirst(absences).map((row) => ({
      id: row.id,
      ...(row.substituteId && { substituteId: row.substituteId }),
      ...period(row),
    })),
  };
}

/** Tables of the rows that a record shows, with the columns it needs. */
const recordedTables = {
  statuses: ['status_period', ['status']],
  ranks: ['rank_period', ['rank']],
  posts: ['post', ['organization_id', 'temporary']],
  memberships: ['membership', ['kind']],
  liaisons: ['liaison', ['liaison_id']],
  absences: ['absence', ['substitute_id']],
} as const satisfies Record<keyof RecordedRows, readonly [string, readonly string[]]>;

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Rows of these cadres that their records show, by cadre, as they stand in this transaction. One statement for them all;
 * each table is gathered once for all of them, as an import of thousands needs it.
 */
export async function recordedRows(ctx: Ctx, ids: readonly string[]): Promise<Map<string, RecordedRows>> {
  const asked = sql`${[...ids]}::uuid[]`;
  const tables = Object.entries(recordedTables).map(([list, [table, columns]]) => {
    const fields = ['id', ...columns].flatMap((column) => [sql.lit(camel(column)), sql.ref(`r.${column}`)]);
    return {
      field: sql`${sql.lit(list)}::text, coalesce(${sql.ref(`${list}.rows`)}, '[]'::json)`,
      join: sql`left join (
        select r.cadre_id, json_agg(json_build_object('validFrom', r.valid_from, 'validTo', r.valid_to, ${sql.join(fields)}) order by r.valid_from, r.id) as rows
        from ${sql.table(table)} r where r.cadre_id = any(${asked}) group by r.cadre_id
      ) as ${sql.ref(list)} on ${sql.ref(`${list}.cadre_id`)} = a.id`,
    };
  });
  const { rows } = await sql<{ id: string; lists: RecordedRows }>`
    select a.id, json_build_object(${sql.join(tables.map(({ field }) => field))}) as lists
    from unnest(${asked}) as a(id) ${sql.join(
      tables.map(({ join }) => join),
      sql` `,
    )}`.execute(ctx.em.getKysely());
  const heirs = await heirsOf(ctx);
  return new Map(
    rows.map(({ id, lists }) => {
      const posts = lists.posts.map((post) => ({ ...post, succeedsId: succeededBy(post, lists.posts, heirs) }));
      return [id, { ...lists, posts }];
    }),
  );
}

/** The records of these cadres, from the rows as they stand in this transaction. */
export async function cadreRecords(ctx: Ctx, ids: readonly string[]): Promise<CadreFacts[]> {
  const { rows } = await sql<{ id: string; staffNumber: string }>`
    select id, staff_number as "staffNumber" from cadre where id = any(${[...ids]}::uuid[])`.execute(
    ctx.em.getKysely(),
  );
  const held = await recordedRows(ctx, ids);
  return rows.map((cadre) => recordOf(cadre, held.get(cadre.id) as RecordedRows, ctx.today()));
}
