import { FlushMode } from '@mikro-orm/core';
import { organizationPathChanged, type Fact, type organizationRecord, type RecordOf } from '@frontline/events';
import type { Ctx, Unit } from '@frontline/platform';
import type { OrganizationTree } from './organization-enums.ts';
import { organizationErrors } from './organization.errors.ts';
import { firstInCircle, lockTrees, organizationsBelow, rebuildPathsOf } from './organization-path.ts';
import { organizationRecordOf, parentsToday, wasTold } from './organization-record.ts';
import { endOn, holdsOnOrAfter, rowFrom, type Held } from './organization-timeline.ts';
import { Organization, OrganizationLocation, OrganizationName, OrganizationParent } from './organization.entity.ts';
import { tellSuccessions } from './successions-told.ts';
import { refuseOutsideItsTime, refusePlace } from './tree-rules.ts';

/** Organizations that one change may move; a street of this district has some tens below it. */
const MAX_MOVED = 5_000;

type Telling = (record: RecordOf<typeof organizationRecord>) => Fact;

/**
 * One change of the two trees in one transaction: what moves, begins or ends, with the rules that hold for every change.
 * `finish` brings the paths up to date, only those that are concerned, and tells of every organization whose record is
 * another one by then, from the top down.
 */
export class TreeChange {
  readonly #touched = new Map<string, Organization>();
  readonly #tellings: { id: string; telling: Telling }[] = [];

  private constructor(readonly unit: Unit) {}

  /** Waits until no other change is under way; load organizations after this only. */
  static async begin(unit: Unit): Promise<TreeChange> {
    await lockTrees(unit.ctx);
    // a change is judged as a whole, so nothing is saved on the way
    unit.ctx.em.setFlushMode(FlushMode.COMMIT);
    return new TreeChange(unit);
  }

  get ctx(): Ctx {
    return this.unit.ctx;
  }

  /** Says that an organization's days or parents change, and what is told of that besides. */
  touch(organization: Organization, telling?: Telling): void {
    this.#touched.set(organization.id, organization);
    if (telling) this.tell(organization, telling);
  }

  /** Says that something else about an organization changes, and what is told of it. */
  tell(organization: Organization, telling: Telling): void {
    this.#tellings.push({ id: organization.id, telling });
  }

  /** An organization that exists on a day; another is refused. */
  async existing(id: string, from: string, field: string): Promise<Organization> {
    const organization = await this.unit.load(Organization, id, { field });
    refuseOutsideItsTime(organization, { validFrom: from }, field);
    return organization;
  }

  /** Puts an organization under another one (or none) from a day on; what was to follow later stays. */
  async place(
    organization: Organization,
    { tree, parentId, from }: { tree: OrganizationTree; parentId: string | null; from: string },
    field: string,
  ): Promise<void> {
    refuseOutsideItsTime(organization, { validFrom: from }, field);
    const rows = await this.#parents(organization.id, tree);
    if (parentId === null) {
      for (const never of endOn(rows, from)) this.ctx.em.remove(never);
      return;
    }
    const row = rowFrom(rows, from, () => this.#newParent(organization.id, tree));
    row.validTo ??= organization.validTo ?? null;
    const parent = await this.unit.load(Organization, parentId, { field });
    refusePlace(organization, parent, { tree, validFrom: from, validTo: row.validTo }, field);
    row.parentId = parent.id;
  }

  /** Ends an organization on a day, with its name, its location and its places. */
  async end(organization: Organization, status: 'MERGED' | 'DISSOLVED', on: string): Promise<void> {
    const { id } = organization;
    organization.status = status;
    organization.validTo = on;
    const rows: readonly Held[][] = await Promise.all([
      this.ctx.em.find(OrganizationName, { organizationId: id }),
      this.ctx.em.find(OrganizationLocation, { organizationId: id }),
      this.#parents(id, 'TERRITORY'),
      this.#parents(id, 'FUNCTION'),
    ]);
    for (const held of rows) for (const never of endOn(held, on)) this.ctx.em.remove(never);
  }

  /** What stands directly under an organization on a day or later. */
  async below(id: string, day: string): Promise<{ row: OrganizationParent; child: Organization }[]> {
    const rows = (await this.ctx.em.find(OrganizationParent, { parentId: id })).filter((row) =>
      holdsOnOrAfter(row, day),
    );
    const children = await this.unit.loadAll(Organization, { id: { $in: rows.map((row) => row.organizationId) } });
    const byId = new Map(children.map((child) => [child.id, child]));
    return rows.flatMap((row) => {
      const child = byId.get(row.organizationId);
      return child ? [{ row, child }] : [];
    });
  }

  /** Saves, makes the paths of what is concerned anew, and tells. */
  async finish(field: string): Promise<void> {
    const { ctx, unit } = this;
    const concerned = await organizationsBelow(ctx, [...this.#touched.keys()]);
    if (concerned.length > MAX_MOVED)
      throw organizationErrors('organization.tooMany', { count: concerned.length, max: MAX_MOVED }, { field });
    await ctx.em.flush();
    if (await firstInCircle(ctx, [...this.#touched.keys()]))
      throw organizationErrors('organization.cycle', {}, { field });
    await rebuildPathsOf(ctx, concerned);
    const told = [...new Set([...concerned, ...this.#tellings.map(({ id }) => id)])];
    const parents = await parentsToday(ctx, told);
    const all = await unit.loadAll(Organization, { id: { $in: told } });
    const records = all.map((organization) => ({
      organization,
      record: organizationRecordOf(organization, parents, ctx.today()),
    }));
    records.sort((a, b) => a.record.path.length - b.record.path.length);
    for (const { organization, record } of records) {
      const own = this.#tellings.filter(({ id }) => id === organization.id).map(({ telling }) => telling(record));
      if (own.length === 0 && wasTold(organization, record)) continue;
      unit.emit(organization, ...(own.length > 0 ? own : [organizationPathChanged.of({ record })]));
      Object.assign(organization, { toldPath: record.path, toldStatus: record.status });
    }
    await tellSuccessions(unit);
  }

  #parents(organizationId: string, tree: OrganizationTree): Promise<OrganizationParent[]> {
    return this.ctx.em.find(OrganizationParent, { organizationId, tree });
  }

  #newParent(organizationId: string, tree: OrganizationTree): OrganizationParent {
    const row = Object.assign(new OrganizationParent(), { organizationId, tree });
    this.unit.addOwned(row);
    return row;
  }
}
