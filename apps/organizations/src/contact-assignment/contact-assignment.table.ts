import { v7 } from 'uuid';
import { cadreRecord, contactAssignmentEnded, contactAssignmentImported, type Fact } from '@frontline/events';
import { DomainError, isId, sql, toEntities, type Ctx } from '@frontline/platform';
import {
  streamedRows,
  type Decision,
  type LineGroup,
  type LineIssue,
  type TableKind,
} from '@frontline/platform/tables';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { assignmentColumns, type AssignmentLine } from './assignment-columns.ts';
import { dayOfFile, formerByFile } from './assignment-eligibility.ts';
import { refuseTerms, type AssignmentTerms } from './assignment-terms.ts';
import { FIXES_CONTACTS } from './contact-assignment-change.resolver.ts';
import { ContactAssignment } from './contact-assignment.entity.ts';
import { assignmentErrors } from './contact-assignment.errors.ts';
import { fillGaps, forgetGaps } from './gap-filling.ts';
import { followSettled } from './settled-changes.ts';
import { assignmentLineOf, placeOf, spokenOf, type Spoken } from './spoken-of.ts';

/** Fields of the rules as columns of the table. */
const columnOf: Readonly<Record<string, string>> = {
  contactorIds: 'contactors',
  targetId: 'target',
  liaisonIds: 'liaisons',
};
const fieldOf = (name: string): string => name.replace(/^\w+/, (field) => columnOf[field] ?? field);

async function find(ctx: Ctx, groups: readonly LineGroup[]): Promise<Map<string, string>> {
  const lines = groups.map(assignmentLineOf);
  const { rows } = await sql<{ key: string; id: string }>`
    select r.key, a.id from unnest(${groups.map(({ key }) => key)}::text[], ${lines.map(({ scheme }) => scheme)}::text[],
      ${lines.map(({ contactors }) => contactors[0])}::text[], ${lines.map(({ target }) => target)}::text[], ${lines.map(({ from }) => from)}::date[],
      ${lines.map(({ target }) => (isId(target) ? target : null))}::uuid[]) as r(key, scheme, contactor, target, day, target_id)
    cross join lateral (
      select id from organization where code = r.target union all select id from patch where code = r.target
      union all select r.target_id where r.target_id is not null) t
    join contact_assignment a on a.target_id = t.id and a.scheme = r.scheme and a.valid_from = r.day
    where a.contactor_id::text = r.contactor
      or (a.contactor_kind = 'CADRE' and exists (select 1 from local_copy c where c.aggregate_type = ${cadreRecord.aggregate} and c.id = a.contactor_id and c.data ->> 'staffNumber' = r.contactor))
      or (a.contactor_kind = 'ORGANIZATION' and exists (select 1 from organization o where o.id = a.contactor_id and o.code = r.contactor))`.execute(
    ctx.em.getKysely(),
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function decide(ctx: Ctx, groups: readonly LineGroup[]): Promise<Decision[]> {
  const spoken = await spokenOf(ctx, groups);
  const rows = new Map<string, number>();
  return groups.map((group) => {
    const number = (group.lines.at(-1) as (typeof group.lines)[number]).number;
    try {
      // one assignment may be named in two ways: by numbers and codes, and by ids
      const row = group.id && rows.get(group.id);
      if (row) throw assignmentErrors('assignment.rowTwice', { row });
      if (group.id) rows.set(group.id, number);
      return decideOne(group, spoken, ctx.today());
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { outcome: 'REFUSED', issues: [{ number, error } satisfies LineIssue] };
    }
  });
}

function decideOne(group: LineGroup, spoken: Spoken, today: string): Decision {
  const line = assignmentLineOf(group);
  const other = group.lines.find(({ values }) => JSON.stringify(values) !== JSON.stringify(line));
  if (other) throw assignmentErrors('assignment.rowTwice', { row: other.number });
  const version = spoken.versions
    .get(line.scheme)
    ?.find(({ validFrom, validTo }) => validFrom <= line.from && (!validTo || line.from < validTo));
  if (!version) throw assignmentErrors('assignment.scheme', { from: line.from }, { field: 'scheme' });
  const { kind } = version.contactor;
  const held = spoken.assignment(group.id);
  const before = held && termsOf(held);
  // an export names by its id whom no copy gives a number or a code; what is held already may go on being named so
  const known = (code: string, field: string, found: string | undefined, heldIds: readonly string[] = []): string => {
    const id = found ?? heldIds.find((each) => each === code);
    if (!id) throw assignmentErrors('assignment.unknownCode', { code }, { field });
    return id;
  };
  const cadreId = (code: string) => (spoken.cadreByNumber.get(code) ?? spoken.cadre(code))?.id;
  const organizationId = (code: string) => (spoken.organizationByCode.get(code) ?? spoken.organization(code))?.id;
  const contactor = (code: string): string =>
    known(code, 'contactors', kind === 'CADRE' ? cadreId(code) : organizationId(code), before?.contactorIds);
  const liaison = (code: string): string => known(code, 'liaisons', cadreId(code), before?.liaisonIds);
  const patch = version.inPatches ? spoken.patch(line.target, line.from) : undefined;
  const found = version.inPatches ? patch?.id : organizationId(line.target);
  const targetId = known(line.target, 'target', found, before && [before.targetId]);
  const place = placeOf({ scheme: line.scheme, targetId });
  const there = spoken.assignments.get(place) ?? [];
  const terms: AssignmentTerms = {
    scheme: line.scheme,
    contactorIds: line.contactors.map(contactor),
    targetId,
    liaisonIds: line.liaisons === undefined ? (before?.liaisonIds ?? []) : (line.liaisons ?? []).map(liaison),
    from: line.from,
    until: line.until === undefined ? (before?.until ?? null) : line.until,
    reason: line.reason,
  };
  if (held && JSON.stringify(before) === JSON.stringify(terms)) return { outcome: 'UNCHANGED', id: held.id };
  const others = there.filter(({ id }) => id !== group.id);
  const facts = { cadre: spoken.cadre, organization: spoken.organization, version, others, ...(patch && { patch }) };
  const target = refuseTerms(terms, facts, { fieldOf, liaisonsOn: dayOfFile(terms, today), ...(before && { before }) });
  const [contactorId, ...coContactorIds] = terms.contactorIds as [string, ...string[]];
  const row = {
    id: held?.id ?? v7(),
    scheme: line.scheme,
    contactorKind: kind,
    contactorId,
    coContactorIds,
    ...target,
    liaisonIds: [...terms.liaisonIds],
    validFrom: terms.from,
    validTo: terms.until,
    reason: terms.reason,
    formerLiaisons: held ? formerByFile(held, terms.liaisonIds, today) : [],
  };
  spoken.assignments.set(place, [...others, Object.assign(new ContactAssignment(), row)]);
  return { outcome: held ? 'UPDATED' : 'CREATED', id: row.id, row, owned: {} };
}

const termsOf = ({
  scheme,
  contactorIds,
  targetId,
  liaisonIds,
  validFrom,
  validTo,
  reason,
}: ContactAssignment): AssignmentTerms => ({
  scheme,
  contactorIds,
  targetId,
  liaisonIds: [...liaisonIds],
  from: validFrom,
  until: validTo ?? null,
  reason,
});

/** What rests on assignments: duties that were kept, excused or told of, what was done under them, handovers. */
async function inUse(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const these = sql`any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; use: string }>`
    select id, string_agg(distinct use, ', ') as use from (
      select assignment_id as id, 'duties' as use from duty where assignment_id = ${these} and (fulfilled_on is not null or excuse is not null or told_state is not null)
      union all select assignment_id, 'activities' from activity where assignment_id = ${these}
      union all select assignment_id, 'handovers' from handover where assignment_id = ${these}
    ) used group by id`.execute(ctx.em.getKysely());
  return new Map(rows.map(({ id, use }) => [id, use]));
}

async function told(
  ctx: Ctx,
  ids: readonly string[],
  factOf: (assignment: ContactAssignment) => Fact,
): Promise<Map<string, Fact[]>> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from contact_assignment where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return new Map(toEntities(ctx.em, ContactAssignment, rows).map((each) => [each.id, [factOf(each)]]));
}

interface ExportRow {
  id: string;
  scheme: string;
  target: string;
  from: string;
  until: string | null;
  reason: string;
  contactors: string[];
  liaisons: string[];
}

/** Lines of every assignment that ever held. */
async function* lines(ctx: Ctx): AsyncGenerator<{ id: string; values: Readonly<Record<string, unknown>> }> {
  const numbers = (ids: ReturnType<typeof sql>) => sql`coalesce((
      select json_agg(coalesce(c.data ->> 'staffNumber', o.code, p.id::text) order by p.place)
      from unnest(${ids}) with ordinality as p(id, place)
      left join local_copy c on c.aggregate_type = 'cadre' and c.id = p.id
      left join organization o on o.id = p.id), '[]'::json)`;
  const query = sql`
    select a.id, a.scheme, coalesce(t.code, h.code, a.target_id::text) as target, a.valid_from::text as "from", a.valid_to::text as until, a.reason,
      ${numbers(sql`array_prepend(a.contactor_id, a.co_contactor_ids)`)} as contactors, ${numbers(sql`a.liaison_ids`)} as liaisons
    from contact_assignment a left join organization t on t.id = a.target_id left join patch h on h.id = a.target_id
    where a.valid_to is null or a.valid_from < a.valid_to order by a.scheme, target, a.valid_from, a.id`;
  for await (const rows of streamedRows<ExportRow>(ctx, query))
    for (const { id, ...values } of rows) yield { id, values: { ...values } };
}

/** 定点联系表: assignments, each with the duties that it owes; these follow by themselves. */
export const contactAssignmentTable: TableKind = {
  name: 'assignments',
  zh: '定点联系',
  en: 'assignments',
  columns: assignmentColumns,
  access: FIXES_CONTACTS as TableKind['access'],
  personal: false,
  entity: ContactAssignment,
  owned: {},
  keyOf({ values }) {
    const { scheme, contactors, target, from } = values as unknown as Partial<AssignmentLine>;
    return scheme && contactors?.[0] && target && from ? JSON.stringify([scheme, contactors[0], target, from]) : '';
  },
  find,
  decide,
  facts: async (_ctx, changes) =>
    new Map(
      changes.map(({ id, row }) => [
        id,
        [contactAssignmentImported.of({ record: Object.assign(new ContactAssignment(), row).record() })],
      ]),
    ),
  async settle(ctx, ids) {
    if (ids.length === 0) return;
    await followSettled(ctx, ids);
    await fillGaps(ctx, ids);
    await regenerateDuties(ctx, { assignmentIds: ids });
  },
  inUse,
  async forget(ctx, ids) {
    await sql`delete from duty where assignment_id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
    await forgetGaps(ctx, ids);
  },
  restored: (ctx, ids) => told(ctx, ids, (each) => contactAssignmentImported.of({ record: each.record() })),
  withdrawn: (ctx, ids) =>
    told(ctx, ids, (each) =>
      contactAssignmentEnded.of({
        on: each.validFrom,
        reason: 'WITHDRAWN',
        record: { ...each.record(), until: each.validFrom },
      }),
    ),
  lines,
};
