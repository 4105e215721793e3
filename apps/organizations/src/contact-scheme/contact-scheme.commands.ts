import { contactSchemeCreated, contactSchemeRetired, contactSchemeRevised } from '@frontline/events';
import { changeAll, idempotently, platformErrors, sql, type Ctx, type Unit } from '@frontline/platform';
import { refuseForeignRecord } from '@frontline/platform/tables';
import { regenerateDuties } from '../duty/duty.commands.ts';
import { Organization } from '../organization/organization.entity.ts';
import { ContactScheme, ContactSchemeVersion } from './contact-scheme.entity.ts';
import type {
  CreateContactSchemeInput,
  ReviseContactSchemeInput,
  RetireContactSchemeInput,
} from './contact-scheme.inputs.ts';
import { schemeRecordOf } from './scheme-record.ts';
import { checkCode, checkedTerms, schemeErrors, type CheckedTerms } from './scheme-terms.ts';

/** A new scheme with its first version. Throws what {@link checkedTerms} refuses, and a code that is taken. */
export function createContactScheme(ctx: Ctx, input: CreateContactSchemeInput): Promise<ContactScheme> {
  const { code, from } = input;
  checkCode(code, 'input.code');
  const names = { nameZh: input.nameZh.trim(), nameEn: input.nameEn.trim() };
  for (const [name, text] of Object.entries(names))
    if (text.length < 1 || text.length > 100)
      throw platformErrors('input.invalid', { rule: 'must have 1 to 100 characters' }, { field: `input.${name}` });
  if (from < ctx.today())
    throw platformErrors('input.invalid', { rule: 'must not lie before today' }, { field: 'input.from' });
  const terms = checkedTerms(input.terms);
  return idempotently(ctx, 'createContactScheme', ContactScheme, input, (tx) =>
    changeAll(tx, async (unit) => {
      await refuseTakenCode(tx, code);
      await refuseUnknownOrganizations(tx, terms);
      const scheme = Object.assign(new ContactScheme(), { code, ...names });
      const first = versionOf(scheme, 1, from, terms);
      unit.addOwned(first);
      const record = await schemeRecordOf(unit.ctx, scheme, [first]);
      return unit.add(scheme, contactSchemeCreated.of({ code, version: 1, validFrom: from, record }));
    }),
  );
}

/**
 * What a scheme says from a day on. The version in force before ends on that day, and duties whose windows have not
 * opened follow; what has begun stays as the version made it that it remembers. A last version that is to begin on that
 * very day is corrected.
 */
export function reviseContactScheme(ctx: Ctx, input: ReviseContactSchemeInput): Promise<ContactScheme> {
  const terms = checkedTerms(input.terms);
  const { from } = input;
  refusePast(ctx, from, 'input.from');
  return idempotently(ctx, 'reviseContactScheme', ContactScheme, input, async (tx) => {
    const revised = await changeAll(tx, async (unit) => {
      const { scheme, versions, latest } = await loadForChange(unit, input, from, 'input.from');
      await refuseUnknownOrganizations(unit.ctx, terms);
      const isPlanned = latest.validFrom === from;
      const number = isPlanned ? latest.number : latest.number + 1;
      const next = isPlanned ? Object.assign(latest, terms) : versionOf(scheme, number, from, terms);
      if (!isPlanned) {
        latest.validTo = from;
        unit.addOwned(next);
      }
      const record = await schemeRecordOf(unit.ctx, scheme, isPlanned ? versions : [...versions, next]);
      unit.emit(scheme, contactSchemeRevised.of({ code: scheme.code, version: number, validFrom: from, record }));
      return scheme;
    });
    await regenerateDuties(tx, { schemes: [revised.code] });
    return revised;
  });
}

/** A scheme asks nothing from a day on; duties whose windows would open later vanish. */
export function retireContactScheme(ctx: Ctx, input: RetireContactSchemeInput): Promise<ContactScheme> {
  const { on } = input;
  refusePast(ctx, on, 'input.on');
  return idempotently(ctx, 'retireContactScheme', ContactScheme, input, async (tx) => {
    const retired = await changeAll(tx, async (unit) => {
      const { scheme, versions, latest } = await loadForChange(unit, input, on, 'input.on');
      if (on === latest.validFrom) throw notAfter(latest, 'input.on');
      latest.validTo = on;
      const record = await schemeRecordOf(unit.ctx, scheme, versions);
      unit.emit(scheme, contactSchemeRetired.of({ code: scheme.code, on, record }));
      return scheme;
    });
    await regenerateDuties(tx, { schemes: [retired.code] });
    return retired;
  });
}

/** Two that make a scheme of one code at once wait for each other. */
async function refuseTakenCode(ctx: Ctx, code: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contact scheme ${code}`}, 0))`.execute(ctx.em.getKysely());
  if (await ctx.em.count(ContactScheme, { code }))
    throw schemeErrors('contactScheme.codeTaken', {}, { field: 'input.code' });
}

/** Particular organizations that a rule names must be there; whether they exist on a day is asked on that day. */
async function refuseUnknownOrganizations(ctx: Ctx, { contactor }: CheckedTerms): Promise<void> {
  const named = contactor.organizationIds ?? [];
  const known = new Set((await ctx.em.find(Organization, { id: { $in: named } })).map(({ id }) => id));
  const organization = named.find((id) => !known.has(id));
  if (organization)
    throw schemeErrors(
      'contactScheme.unknownOrganization',
      { organization },
      { field: 'input.terms.contactor.organizationIds' },
    );
}

async function loadForChange(
  unit: Unit,
  { id, expectedVersion = null }: { id: string; expectedVersion?: number | null },
  day: string,
  field: string,
): Promise<{ scheme: ContactScheme; versions: ContactSchemeVersion[]; latest: ContactSchemeVersion }> {
  const scheme = await unit.load(ContactScheme, id, { expectedVersion, field: 'input.id' });
  await refuseForeignRecord(unit.ctx, ContactScheme, scheme.id, 'input.id');
  const versions = await unit.ctx.em.find(
    ContactSchemeVersion,
    { schemeId: scheme.id },
    { orderBy: { number: 'asc' } },
  );
  const latest = versions.at(-1) as ContactSchemeVersion;
  if (latest.validTo) throw schemeErrors('contactScheme.retired', { on: latest.validTo }, { field: 'input.id' });
  if (day < latest.validFrom) throw notAfter(latest, field);
  return { scheme, versions, latest };
}

const notAfter = ({ validFrom, number }: ContactSchemeVersion, field: string) =>
  schemeErrors('contactScheme.notAfterVersion', { from: validFrom, version: number }, { field });

function refusePast(ctx: Ctx, day: string, field: string): void {
  const today = ctx.today();
  if (day <= today) throw schemeErrors('contactScheme.past', { today }, { field });
}

function versionOf(
  { id: schemeId }: ContactScheme,
  number: number,
  validFrom: string,
  terms: CheckedTerms,
): ContactSchemeVersion {
  return Object.assign(new ContactSchemeVersion(), { schemeId, number, validFrom, validTo: null, ...terms });
}
