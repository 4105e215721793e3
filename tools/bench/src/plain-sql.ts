/**
 * A side of the comparison with nothing in between: the same rows by hand-written SQL through `pg`, printed by
 * JSON.stringify, behind Node's own HTTP server.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { benchArgument, serveBench } from './forked.ts';

const { database } = benchArgument<{ database: string }>();
const pool = new pg.Pool({ connectionString: database, max: 10 });

interface Row {
  [column: string]: unknown;
}
const rowsOf = async (text: string, values: unknown[]): Promise<Row[]> =>
  (await pool.query({ name: text.slice(0, 40), text, values })).rows as Row[];

/** A page of fifty assignments, each with its target and five duties, as three statements. */
async function page(scheme: string): Promise<string> {
  const assignments = await rowsOf(
    `select a.id, a.reason, a.valid_from::text as "from", a.target_id, count(*) over ()::int as total from contact_assignment a
     where a.scheme = $1 and a.valid_from <= '2018-08-17' and (a.valid_to is null or '2018-08-17' < a.valid_to) order by a.valid_from, a.id limit 50`,
    [scheme],
  );
  const [targets, duties] = await Promise.all([
    rowsOf('select id, code, kind from organization where id = any($1::uuid[])', [
      [...new Set(assignments.map((row) => row['target_id']))],
    ]),
    rowsOf(
      `select d.* from unnest($1::uuid[]) a(id) cross join lateral (
         select assignment_id, activity, window_start::text as "windowStart", window_end::text as "windowEnd" from duty
         where assignment_id = a.id order by window_start, duty.id limit 5) d`,
      [assignments.map((row) => row['id'])],
    ),
  ]);
  const byId = new Map(targets.map(({ id, ...target }) => [id, target]));
  const ofAssignment = Map.groupBy(duties, (row) => row['assignment_id']);
  return JSON.stringify({
    data: {
      contactScheme: {
        assignments: {
          totalCount: assignments[0]?.['total'] ?? 0,
          nodes: assignments.map(({ id, target_id, total: _total, ...rest }) => ({
            id,
            ...rest,
            target: byId.get(target_id),
            duties: { nodes: (ofAssignment.get(id) ?? []).map(({ assignment_id: _id, ...duty }) => duty) },
          })),
        },
      },
    },
  });
}

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    void page('division-residential-area').then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
});
server.listen(0, '127.0.0.1', () => serveBench(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
