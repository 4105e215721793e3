import type { Pool, PoolClient } from 'pg';
import { Counter, type Registry } from 'prom-client';

let sent = 0;

/** Counts every statement that this process sends through a pool, `begin` and `commit` included. */
export function countStatements(pool: Pool): void {
  pool.on('connect', (client: PoolClient) => {
    // looked up at each call: who watches the driver itself, as specs do, may come later than this connection
    const driver = Object.getPrototypeOf(client) as { query(...args: unknown[]): unknown };
    client.query = ((...args: unknown[]) => {
      sent += 1;
      return driver.query.apply(client, args);
    }) as typeof client.query;
  });
}

/** `sql_statements_total`: what the benchmark divides by requests, and what shows an operator a page that asks too often. */
export function statementsMetric(register: Registry): void {
  new Counter({
    name: 'sql_statements_total',
    help: 'SQL statements that this process has sent to its database',
    registers: [register],
    collect() {
      this.reset();
      this.inc(sent);
    },
  });
}
