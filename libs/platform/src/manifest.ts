import type { EntityClass } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import type { EventContract, RecordContract, RecordOf } from '@frontline/events';
import type { Ctx } from './context.ts';
import type { ReferenceResolver } from './federation.ts';
import type { OpenPath } from './open-paths.ts';
import type { MigrationClass } from './orm.ts';
import type { ReadableEntity } from './rows.ts';
import type { TableKind } from './tables/table-kind.ts';

/** An event as a consumer's handler gets it: checked against its contract. */
export interface ReceivedEvent<D = unknown> {
  id: string;
  type: string;
  aggregateId: string;
  sequence: number;
  occurredAt: Date;
  data: D;
}

/** Events of others that this service answers with changes of its own; its name is the inbox's and the consumer group's. */
export interface Consumer {
  name: string;
  events: readonly EventContract[];
  /** Runs inside the inbox transaction as actor `system`; `change` and `create` join it. */
  handle(ctx: Ctx, event: ReceivedEvent): Promise<void>;
}

/** What comes of local copies that are new or other than before. */
export interface CopyFollower<R extends RecordContract = RecordContract> {
  record: R;
  /**
   * Gets copies that changed, many at a time, in the transaction that keeps them and as actor `system`: so it sees each
   * state of a record that was kept, with a broker and without one. It may get a record again; what fails is tried again.
   */
  changed(ctx: Ctx, records: readonly RecordOf<R>[]): Promise<void>;
  /**
   * A consumer of this service that does the same by what events tell of these aggregates. Events and copies come each in
   * their own time: of an aggregate on whose later events that consumer has acted, an older state is not followed.
   */
  beside?: string | undefined;
}

/** Ties a follower's record to its function, so that the copies are typed. */
export function copyFollower<R extends RecordContract>(
  record: R,
  changed: (ctx: Ctx, records: readonly RecordOf<R>[]) => Promise<void>,
  beside?: string,
): CopyFollower {
  return { record, changed, beside } as unknown as CopyFollower;
}

/** The facts of one own aggregate that others may copy: served as a snapshot, then kept up by the aggregate's events. */
export interface SnapshotSource<R extends { id: string } = { id: string }> {
  record: RecordContract;
  entity: EntityClass<object>;
  /** The records of these aggregates, in any order. */
  read(ctx: Ctx, ids: readonly string[]): Promise<R[]>;
}

/** One kind of line that `import` understands. */
export interface Importer<S extends z.ZodType = z.ZodType> {
  schema: S;
  /** Gets checked records, many at a time, inside one transaction. */
  apply(ctx: Ctx, records: z.output<S>[]): Promise<void>;
}

/** Ties an importer's schema to its function, so that the records are typed. */
export function importer<S extends z.ZodType>(
  schema: S,
  apply: (ctx: Ctx, records: z.output<S>[]) => Promise<void>,
): Importer {
  return { schema, apply } as unknown as Importer;
}

/** Everything that makes a subgraph; `runSubgraph` does the rest. */
export interface Manifest {
  name: 'personnel' | 'organizations' | 'households' | 'cases';
  entities: readonly (ReadableEntity<never> | EntityClass<object>)[];
  resolvers: readonly (abstract new (...args: never[]) => object)[];
  /** Types that are reached only by reference from other subgraphs. */
  orphanedTypes?: readonly (abstract new (...args: never[]) => object)[];
  references: Readonly<Record<string, ReferenceResolver>>;
  migrations: readonly MigrationClass[];
  /** Folder of the migrations: `import.meta.dirname` joined with `migrations`. */
  migrationsPath: string;
  imports?: Readonly<Record<string, Importer>>;
  /** Kinds of records that are exchanged as table files. */
  tables?: readonly TableKind[];
  /** What it answers beside GraphQL to programs that can only fetch an address. */
  openPaths?: readonly OpenPath[];
  consumers?: readonly Consumer[];
  /** Records of other services of which this one keeps a local copy; until it has them it is not ready. */
  copies?: readonly RecordContract[];
  /** What this service does about copies that change; records that are not among {@link copies} are copied for this alone. */
  copyFollowers?: readonly CopyFollower[];
  snapshots?: readonly SnapshotSource[];
  /**
   * What each of the district's days asks for, as actor `system`. It may run again, or twice at once. Its result is for
   * operators: counts, no personal data.
   */
  daily?(ctx: Ctx): Promise<object>;
  /**
   * What is derived from other rows and can be made anew, by the name that the command `rebuild` knows. The result is for
   * operators: counts, and how much was otherwise before.
   */
  projections?: Readonly<Record<string, (ctx: Ctx) => Promise<object>>>;
  /** Answers the gateway's question who a subject of the issuer is; exactly one service of a deployment does. */
  identity?(
    ctx: Ctx,
    sub: string,
  ): Promise<{ cadreId?: string; grants: readonly { role: string; place?: string }[] } | undefined>;
}
