import { placesFor } from '@frontline/access';
import { organizationRecord, type Fact, type RecordOf } from '@frontline/events';
import { changeAll, copyOf, idempotently, isId, platformErrors, type Ctx, type Unit } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { followHeirs } from '../succession/follow-heirs.ts';
import type { Heirs } from '../succession/heirs.ts';
import { heirsOf } from '../succession/organization-heir.entity.ts';
import { cadreErrors } from './cadre.errors.ts';
import { Cadre } from './cadre.entity.ts';
import { fileRows, PersonnelFile, type FileRows } from './personnel-file.ts';

/** Personnel files open in one transaction; each cadre is locked until it ends, so that what was read stays true. */
export class OpenFiles {
  readonly #files = new Map<string, PersonnelFile>();
  #heirs: Heirs | undefined;

  constructor(readonly unit: Unit) {}

  get ctx(): Ctx {
    return this.unit.ctx;
  }

  /** Opens the files of these cadres, locked in the order of their ids; the first unknown one is refused. */
  async open(cadres: readonly { id: string; field: string }[]): Promise<PersonnelFile[]> {
    const fresh = cadres.filter(({ id }) => !this.#files.has(id.toLowerCase()));
    const ids = fresh.map(({ id }) => id.toLowerCase()).filter(isId);
    if (fresh.length > 0) {
      const locked = await this.unit.loadAll(Cadre, { id: { $in: ids } });
      // the platform itself sees everybody; a caller may not, and learns nothing of who that is
      const seen = new Set(this.ctx.actor.kind === 'system' ? locked.map(({ id }) => id) : []);
      for (const { id, field } of fresh) if (!seen.has(id.toLowerCase())) await this.unit.load(Cadre, id, { field });
      const rows = await this.#rowsOf(ids);
      const heirs = (this.#heirs ??= await heirsOf(this.ctx));
      const kinds = await this.#kindsAt(locked.flatMap(({ id }) => rows(id).posts));
      for (const cadre of locked)
        this.#files.set(cadre.id, new PersonnelFile(cadre, rows(cadre.id), this.ctx.today(), heirs, kinds));
    }
    return cadres.map(({ id }) => this.#files.get(id.toLowerCase()) as PersonnelFile);
  }

  /** Opens one file. */
  async one(id: string, field: string): Promise<PersonnelFile> {
    return (await this.open([{ id, field }]))[0] as PersonnelFile;
  }

  /** Saves the rows that decisions added and dropped; what is decided after it sees them too. */
  save(): void {
    for (const { added, dropped } of this.#files.values()) {
      for (const row of added.splice(0)) this.unit.addOwned(row);
      for (const row of dropped.splice(0)) this.ctx.em.remove(row);
    }
  }

  /** The kinds of the organizations of posts, as far as we have copies of them. */
  async #kindsAt(posts: readonly { organizationId: string }[]): Promise<Map<string, string>> {
    const ids = [...new Set(posts.map(({ organizationId }) => organizationId))];
    const copies = await Promise.all(ids.map((id) => copyOf(this.ctx, organizationRecord, id)));
    return new Map(copies.flatMap((copy) => (copy ? [[copy.id, copy.kind] as const] : [])));
  }

  async #rowsOf(ids: readonly string[]): Promise<(id: string) => FileRows> {
    const found = {} as FileRows;
    for (const [kind, entity] of Object.entries(fileRows))
      (found as Record<string, unknown>)[kind] = await this.ctx.em.find(
        entity as typeof fileRows.ranks,
        { cadreId: { $in: [...ids] } },
        { orderBy: { validFrom: 'asc', id: 'asc' } },
      );
    return (id) =>
      Object.fromEntries(
        Object.entries(found).map(([kind, rows]) => [kind, rows.filter(({ cadreId }) => cadreId === id)]),
      ) as unknown as FileRows;
  }
}

/** What a client says of every change of a cadre. */
export interface CadreChange {
  idempotencyKey: string;
  cadreId: string;
  expectedVersion?: number | null;
}

/**
 * Opens a cadre's file, lets `decide` change it (and files it opens beside), and saves all with the facts that came of
 * it, once for an idempotency key. Refuses a version other than the expected one, and a cadre of another place.
 */
export function changeCadre<I extends CadreChange>(
  ctx: Ctx,
  operation: string,
  input: I,
  decide: (file: PersonnelFile, files: OpenFiles) => readonly Fact[] | Promise<readonly Fact[]>,
): Promise<Cadre> {
  return idempotently(ctx, operation, Cadre, input, (tx) =>
    changeAll(tx, async (unit) => {
      const files = new OpenFiles(unit);
      const file = await files.one(input.cadreId, 'input.cadreId');
      refuseOtherVersion(file.cadre, input.expectedVersion);
      await refuseForeignRecord(unit.ctx, Cadre, file.cadre.id, 'input.cadreId');
      await refuseOtherPlaces(unit.ctx, file);
      unit.emit(file.cadre, ...(await decide(file, files)));
      // a post of days gone by may be at an organization that was taken over since
      unit.emit(file.cadre, ...followHeirs(file));
      files.save();
      return file.cadre;
    }),
  );
}

/** Refuses a change of a state that the client did not see. */
export function refuseOtherVersion(cadre: Cadre, expected: number | null | undefined): void {
  if (expected === undefined || expected === null || expected === cadre.version) return;
  const details = { type: 'Cadre', expected, actual: cadre.version };
  throw platformErrors('aggregate.versionConflict', details, { field: 'input.expectedVersion' });
}

/** A keeper of one place's register changes those alone who hold a post there, now or in time to come. */
export async function refuseOtherPlaces(ctx: Ctx, file: PersonnelFile, field = 'input.cadreId'): Promise<void> {
  const places = placesFor(ctx.actor, ['ORG_DEPARTMENT']);
  if (places === 'ALL') return;
  const held = file.rows.posts.filter(({ validTo }) => !validTo || validTo > file.today);
  const organizations = await Promise.all(held.map((post) => copyOf(ctx, organizationRecord, post.organizationId)));
  if (!organizations.some((each) => each?.path.some((id) => places.includes(id))))
    throw cadreErrors('cadre.notYourPlace', {}, { field });
}

/** An organization that exists on a day, by our copy of it. */
export async function organizationOn(
  ctx: Ctx,
  id: string,
  day: string,
  field: string,
): Promise<RecordOf<typeof organizationRecord>> {
  const organization = await copyOf(ctx, organizationRecord, id);
  if (!organization) throw cadreErrors('cadre.unknownOrganization', {}, { field });
  const { from, until } = organization;
  if (day < from || (until !== undefined && until <= day))
    throw cadreErrors('cadre.organizationNotThere', { day }, { field });
  return organization;
}

/** The same, inside the places where the caller keeps the register. */
export async function ownOrganizationOn(
  ctx: Ctx,
  id: string,
  day: string,
  field: string,
): Promise<RecordOf<typeof organizationRecord>> {
  const organization = await organizationOn(ctx, id, day, field);
  const places = placesFor(ctx.actor, ['ORG_DEPARTMENT']);
  if (places !== 'ALL' && !organization.path.some((above) => places.includes(above)))
    throw cadreErrors('cadre.notYourPlace', {}, { field });
  return organization;
}
