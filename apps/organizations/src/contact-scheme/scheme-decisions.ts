import { v7 } from 'uuid';
import { Recurrence } from '@frontline/calendar';
import { DomainError } from '@frontline/platform';
import type { Decision, Line, LineGroup } from '@frontline/platform/tables';
import type { ContactScheme, ContactSchemeVersion } from './contact-scheme.entity.ts';
import type { DutyRuleInput, SchemeTermsInput } from './contact-scheme.inputs.ts';
import { versionColumns, type SchemeLine } from './scheme-columns.ts';
import {
  checkCode,
  checkedCardinalities,
  checkedTerms,
  keptRule,
  schemeErrors,
  type CheckedTerms,
} from './scheme-terms.ts';

type NumberedLine = { number: number; line: SchemeLine };
/** A version of a scheme, as it is kept. */
export type Version = Pick<ContactSchemeVersion, 'id' | 'number' | 'validFrom'> &
  CheckedTerms & { validTo: string | null };

const linesOf = ({ lines }: LineGroup): NumberedLine[] =>
  lines.map(({ number, values }: Line) => ({ number, line: values as unknown as SchemeLine }));

/** An issue at a line, where a rule names one of the version's duties or the version itself. */
export class AtLine extends Error {
  constructor(
    readonly number: number,
    override readonly cause: DomainError,
  ) {
    super(cause.message);
  }
}

/** What the lines of a scheme come to, by the rules that hold for new schemes and revisions; `organizations` are ids by code. */
export function decideScheme(
  group: LineGroup,
  scheme: ContactScheme | undefined,
  held: readonly Version[],
  { today, organizations }: { today: string; organizations: ReadonlyMap<string, string> },
): Decision {
  const lines = linesOf(group);
  const { line } = lines.at(-1) as NumberedLine;
  const id = scheme?.id ?? v7();
  const versions = [...Map.groupBy(lines, (each) => each.line.from)].map(([from, of]) => ({
    from,
    of,
    terms: termsOf(of, organizations),
  }));
  versions.sort((a, b) => (a.from < b.from ? -1 : 1));
  let after: Version[] = held.map((version) => ({ ...version }));
  for (const { from, of, terms } of versions) {
    const first = of[0] as NumberedLine;
    const known = after.find(({ validFrom }) => validFrom === from);
    if (known && JSON.stringify(contentOf(known)) === JSON.stringify(contentOf(terms))) continue;
    refuseAt(first.number, () => refuseLate({ from, known, last: after.at(-1), isNew: !scheme }, today));
    const version = { id: known?.id ?? v7(), number: known?.number ?? 0, validFrom: from, validTo: null, ...terms };
    after = [...after.filter((each) => each !== known), version];
  }
  const until = endOf(lines, after, today, scheme ? held : undefined);
  after = after.map((version, at) => ({
    ...version,
    number: version.number || at + 1,
    validTo: after[at + 1]?.validFrom ?? until,
  }));
  const names = { nameZh: line.nameZh, nameEn: line.nameEn };
  const same = scheme && scheme.nameZh === names.nameZh && scheme.nameEn === names.nameEn;
  if (same && JSON.stringify(after.map(plain)) === JSON.stringify(held.map(plain))) return { outcome: 'UNCHANGED', id };
  return {
    outcome: scheme ? 'UPDATED' : 'CREATED',
    id,
    row: { id, code: group.key, ...names },
    owned: { versions: after.map((version) => ({ ...version, schemeId: id })) },
  };
}

const contentOf = ({
  contactor,
  targetKinds,
  inPatches,
  liaisons,
  cardinalities,
  duties,
  source,
  quote,
}: CheckedTerms): CheckedTerms => ({
  contactor,
  targetKinds,
  inPatches,
  liaisons,
  cardinalities,
  duties,
  source,
  quote,
});
const plain = ({ id, number, validFrom, validTo, ...terms }: Version) => ({
  id,
  number,
  validFrom,
  validTo,
  ...contentOf(terms),
});

function refuseAt<R>(number: number, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) throw new AtLine(number, error);
    throw error;
  }
}

/** What a scheme asked on days that are past stays; old records of a scheme that is new here may be brought. */
function refuseLate(
  { from, known, last, isNew }: { from: string; known: Version | undefined; last: Version | undefined; isNew: boolean },
  today: string,
): void {
  if (isNew) return;
  if (from <= today) throw schemeErrors('contactScheme.past', { today }, { field: 'from' });
  if (!known && last && from <= last.validFrom)
    throw schemeErrors(
      'contactScheme.notAfterVersion',
      { from: last.validFrom, version: last.number },
      { field: 'from' },
    );
}

/** The day on which the last version ends. */
function endOf(
  lines: readonly NumberedLine[],
  after: readonly Version[],
  today: string,
  held: readonly Version[] | undefined,
): string | null {
  const last = after.at(-1) as Version;
  const said = lines.find(({ line }) => line.from === last.validFrom);
  const before = held?.at(-1)?.validFrom === last.validFrom ? (held.at(-1)?.validTo ?? null) : null;
  if (!said || said.line.until === undefined) return before;
  const until = said.line.until;
  if (until === before) return until;
  return refuseAt(said.number, () => {
    if (held && (until === null || until <= today))
      throw schemeErrors('contactScheme.past', { today }, { field: 'until' });
    if (until !== null && until <= last.validFrom)
      throw schemeErrors(
        'contactScheme.notAfterVersion',
        { from: last.validFrom, version: last.number },
        { field: 'until' },
      );
    return until;
  });
}

/** What the rows of a version say together, checked as the graph checks it. */
function termsOf(lines: readonly NumberedLine[], organizations: ReadonlyMap<string, string>): CheckedTerms {
  const { number, line } = lines[0] as NumberedLine;
  refuseAt(number, () => checkCode(line.code, 'code'));
  for (const other of lines)
    for (const column of versionColumns)
      if (JSON.stringify(other.line[column] ?? null) !== JSON.stringify(line[column] ?? null))
        throw new AtLine(other.number, schemeErrors('contactScheme.disagrees', { from: line.from }, { field: column }));
  const withDuty = lines.filter((each) => each.line.duty);
  const min = line.liaisonsMin ?? null;
  const max = line.liaisonsMax ?? null;
  const input = {
    contactor: {
      kind: line.contactorKind,
      ranks: line.ranks ?? null,
      organizationKinds: line.organizationKinds ?? null,
      organizationIds: line.organizations?.map((code) => refuseAt(number, () => idBy(code, organizations))) ?? null,
      memberships: line.memberships ?? null,
      atTarget: line.atTarget ?? false,
    },
    targetKinds: line.targetKinds ?? [],
    inPatches: line.inPatches ?? false,
    liaisons: min === null && max === null ? null : { min: min ?? 0, max: max ?? min ?? 0 },
    cardinalities: {
      contactorsPerTarget: { min: line.contactorsMin ?? null, max: line.contactorsMax ?? null },
      targetsPerContactor: { min: line.targetsMin ?? null, max: line.targetsMax ?? null },
    },
    duties: withDuty.map((each) => refuseAt(each.number, () => dutyOf(each.line))),
    source: line.basis,
    quote: line.quote ?? null,
  };
  try {
    return checkedTerms(input as unknown as SchemeTermsInput);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // a rule names a duty by its place; its code is another column here
    const place = /duties\.(\d+)(?:\.(\w+))?$/.exec(error.field ?? '');
    const at = place ? (withDuty[Number(place[1])] as NumberedLine).number : number;
    const { kind, code, message, messageZh, details } = error;
    const field = place?.[2] === 'code' ? 'duty' : (place?.[2] ?? (place ? 'recurrence' : error.field));
    throw new AtLine(at, new DomainError(kind, code, message, messageZh, details, field));
  }
}

function idBy(code: string, organizations: ReadonlyMap<string, string>): string {
  const id = organizations.get(code);
  if (!id) throw schemeErrors('contactScheme.unknownOrganization', { organization: code }, { field: 'organizations' });
  return id;
}

function dutyOf({
  duty,
  activity,
  recurrence,
  windowDays,
  period,
  times,
  dayOffRule,
  assumed,
}: SchemeLine): DutyRuleInput {
  if (!activity) throw schemeErrors('contactScheme.noActivity', {}, { field: 'activity' });
  return {
    code: duty as string,
    activity,
    recurrence: recurrence ?? null,
    windowDays: windowDays ?? null,
    period: period ?? null,
    times: times ?? 1,
    dayOffRule: dayOffRule ?? 'KEEP',
    assumed: assumed ?? false,
  };
}

/** A version with its duties written in full, as new ones are, so that both compare. */
export function versionOf({
  id,
  number,
  validFrom,
  validTo,
  contactor,
  targetKinds,
  inPatches,
  liaisons,
  cardinalities,
  duties,
  source,
  quote,
}: ContactSchemeVersion): Version {
  return {
    id,
    number,
    validFrom,
    validTo: validTo ?? null,
    contactor: keptRule(contactor),
    targetKinds: [...targetKinds],
    inPatches,
    liaisons: liaisons ? { min: liaisons.min, max: liaisons.max } : null,
    cardinalities: checkedCardinalities(cardinalities, 'cardinalities'),
    duties: duties.map(({ code, activity, dayOffRule, assumed, times, recurrence, windowDays }) => ({
      code,
      activity,
      dayOffRule,
      assumed: assumed ?? false,
      times: times ?? 1,
      recurrence: Recurrence.parse(recurrence).text,
      windowDays,
    })),
    source,
    quote: quote ?? null,
  };
}
