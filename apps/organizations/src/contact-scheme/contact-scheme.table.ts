import { contactSchemeImported, contactSchemeRetired, type Fact } from '@frontline/events';
import { sql, toEntities, type Ctx } from '@frontline/platform';
import {
  streamedRows,
  type Decision,
  type LineGroup,
  type LineIssue,
  type RecordChange,
  type TableKind,
} from '@frontline/platform/tables';
import { FIXES_CONTACTS } from '../contact-assignment/contact-assignment-change.resolver.ts';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { ContactScheme, ContactSchemeVersion } from './contact-scheme.entity.ts';
import { schemeColumns, type SchemeLine } from './scheme-columns.ts';
import { schemeRecordOf, schemeRecords } from './scheme-record.ts';
import { AtLine, decideScheme, versionOf, type Version } from './scheme-decisions.ts';

type SchemeRecord = Awaited<ReturnType<typeof schemeRecordOf>>;

async function find(ctx: Ctx, groups: readonly LineGroup[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from contact_scheme where code = any(${groups.map(({ key }) => key)}::text[])`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ id, code }) => [code, id]));
}

async function decide(ctx: Ctx, groups: readonly LineGroup[]): Promise<Decision[]> {
  const db = ctx.em.getKysely();
  const ids = groups.flatMap(({ id }) => id ?? []);
  const schemes = await sql<
    Record<string, unknown>
  >`select * from contact_scheme where id = any(${ids}::uuid[])`.execute(db);
  const versions = await sql<Record<string, unknown>>`
    select * from contact_scheme_version where scheme_id = any(${ids}::uuid[]) order by valid_from`.execute(db);
  const byId = new Map(toEntities(ctx.em, ContactScheme, schemes.rows).map((scheme) => [scheme.id, scheme]));
  const held = Map.groupBy(toEntities(ctx.em, ContactSchemeVersion, versions.rows), ({ schemeId }) => schemeId);
  const asked = { today: ctx.today(), organizations: await idsByCode(ctx, groups) };
  return groups.map((group) => {
    const scheme = group.id ? byId.get(group.id) : undefined;
    try {
      return decideScheme(group, scheme, (scheme ? (held.get(scheme.id) ?? []) : []).map(versionOf), asked);
    } catch (error) {
      if (!(error instanceof AtLine)) throw error;
      return { outcome: 'REFUSED', issues: [{ number: error.number, error: error.cause } satisfies LineIssue] };
    }
  });
}

/** Ids of the organizations that lines name, by code. */
async function idsByCode(ctx: Ctx, groups: readonly LineGroup[]): Promise<Map<string, string>> {
  const codes = groups.flatMap(({ lines }) =>
    lines.flatMap(({ values }) => (values as unknown as SchemeLine).organizations ?? []),
  );
  const { rows } = await sql<{ code: string; id: string }>`
    select code, id from organization where code = any(${codes}::text[])`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** The codes of schemes, with their last version and the first day of all. */
interface Told {
  code: string;
  version: number;
  from: string;
  since: string;
}

async function toldOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Told>> {
  const { rows } = await sql<Told & { id: string }>`
    select s.id, s.code, v.number as version, v.valid_from::text as "from",
      (select min(f.valid_from)::text from contact_scheme_version f where f.scheme_id = s.id) as since
    from contact_scheme s cross join lateral (
      select number, valid_from from contact_scheme_version where scheme_id = s.id order by number desc limit 1) v
    where s.id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}

const imported = ({ code, version, from }: Omit<Told, 'since'>, record: SchemeRecord): Fact =>
  contactSchemeImported.of({ code, version, validFrom: from, record });

/** Lines of every scheme, version by version. */
async function* lines(ctx: Ctx): AsyncGenerator<{ id: string; values: Readonly<Record<string, unknown>> }> {
  const query = sql`
    select v.*, s.code, s.name_zh, s.name_en, array(
        select o.code from jsonb_array_elements_text(v.contactor -> 'organizationIds') i join organization o on o.id = i::uuid order by o.code
      ) as organizations, not exists (select 1 from contact_scheme_version l where l.scheme_id = s.id and l.number > v.number) as is_last
    from contact_scheme s join contact_scheme_version v on v.scheme_id = s.id order by s.code, v.number`;
  for await (const rows of streamedRows<Record<string, unknown>>(ctx, query)) {
    const entities = toEntities(ctx.em, ContactSchemeVersion, rows);
    for (const [at, row] of rows.entries()) {
      const { validFrom, validTo, contactor, targetKinds, inPatches, liaisons, cardinalities, duties, source, quote } =
        versionOf(entities[at] as ContactSchemeVersion);
      const version = {
        code: row['code'],
        nameZh: row['name_zh'],
        nameEn: row['name_en'],
        from: validFrom,
        until: row['is_last'] ? validTo : null,
        contactorKind: contactor.kind,
        ranks: contactor.ranks ?? [],
        organizationKinds: contactor.organizationKinds ?? [],
        organizations: row['organizations'],
        memberships: contactor.memberships ?? [],
        atTarget: contactor.atTarget || null,
        targetKinds,
        inPatches: inPatches || null,
        liaisonsMin: liaisons?.min ?? null,
        liaisonsMax: liaisons?.max ?? null,
        contactorsMin: cardinalities?.contactorsPerTarget?.min ?? null,
        contactorsMax: cardinalities?.contactorsPerTarget?.max ?? null,
        targetsMin: cardinalities?.targetsPerContactor?.min ?? null,
        targetsMax: cardinalities?.targetsPerContactor?.max ?? null,
        basis: source,
        quote,
      };
      const id = row['scheme_id'] as string;
      if (duties.length === 0) yield { id, values: version };
      for (const { code: duty, times = 1, ...rest } of duties)
        yield { id, values: { ...version, duty, ...rest, times: times === 1 ? null : times } };
    }
  }
}

/** 联系制度表: schemes with all their versions and duties. */
export const contactSchemeTable: TableKind = {
  name: 'schemes',
  zh: '联系制度',
  en: 'schemes',
  columns: schemeColumns,
  access: FIXES_CONTACTS as TableKind['access'],
  personal: false,
  entity: ContactScheme,
  owned: { versions: { entity: ContactSchemeVersion, by: 'schemeId' } },
  keyOf: ({ values }) => (values['code'] as string | undefined) ?? '',
  find,
  decide,
  facts: async (ctx, changes: readonly RecordChange[]) =>
    new Map(
      await Promise.all(
        changes.map(async ({ id, row, owned }) => {
          const versions = owned['versions'] as unknown as Version[];
          const last = versions.at(-1) as Version;
          const code = row['code'] as string;
          const record = await schemeRecordOf(ctx, { id, code }, versions);
          return [id, [imported({ code, version: last.number, from: last.validFrom }, record)]] as const;
        }),
      ),
    ),
  async settle(ctx, ids) {
    const schemes = [...(await toldOf(ctx, ids)).values()].map(({ code }) => code);
    if (schemes.length > 0) await regenerateDuties(ctx, { schemes });
  },
  async inUse(ctx, ids) {
    const { rows } = await sql<{ id: string }>`
      select s.id from contact_scheme s where s.id = any(${[...ids]}::uuid[]) and exists (select 1 from contact_assignment a where a.scheme = s.code)`.execute(
      ctx.em.getKysely(),
    );
    return new Map(rows.map(({ id }) => [id, 'assignments']));
  },
  async restored(ctx, ids) {
    const records = new Map((await schemeRecords(ctx, ids)).map((record) => [record.id, record]));
    const told = await toldOf(ctx, ids);
    return new Map([...told].map(([id, last]) => [id, [imported(last, records.get(id) as SchemeRecord)]]));
  },
  withdrawn: async (ctx, ids) =>
    new Map(
      [...(await toldOf(ctx, ids))].map(([id, { code, since }]) => [
        id,
        [contactSchemeRetired.of({ code, on: since, record: { id, code, versions: [] } })],
      ]),
    ),
  lines,
};
