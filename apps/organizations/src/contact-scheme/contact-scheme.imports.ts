import { v5 } from 'uuid';
import { z } from 'zod';
import { Recurrence, RecurrenceError } from '@frontline/calendar';
import { CADRE_RANKS, contactSchemeImported } from '@frontline/events';
import { importBatch, importer, ofRecord, refuseUnknown, type Ctx, type Importer } from '@frontline/platform';
import { day, id, values } from '@frontline/platform/import-fields';
import { ActivityKind } from '../activity/activity-enums.ts';
import { LONGEST_WINDOW_DAYS } from '../duty/obligations.ts';
import { OrganizationKind } from '../organization/organization-enums.ts';
import {
  ContactorKind,
  ContactScheme,
  ContactSchemeVersion,
  DataSource,
  DayOffRule,
  MembershipKind,
} from './contact-scheme.entity.ts';
import { schemeRecordOf } from './scheme-record.ts';
import type { SchemeTermsInput } from './contact-scheme.inputs.ts';
import { checkCode, checkedTerms, keptRule, schemeErrors } from './scheme-terms.ts';

/** An RFC 5545 rule of whole days; a faulty one is refused with the part and the rule that it breaks. */
const recurrence = z.string().superRefine((text, check) => {
  try {
    Recurrence.parse(text);
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    check.addIssue({ code: 'custom', message: error.message });
  }
});

const dutyRule = z.strictObject({
  code: z.string(),
  activity: values(ActivityKind),
  recurrence,
  windowDays: z.int().positive().max(LONGEST_WINDOW_DAYS),
  times: z.int().min(1).max(31).optional(),
  dayOffRule: values(DayOffRule),
  assumed: z.boolean().default(false),
});

const countRule = z.strictObject({ min: z.int().positive().optional(), max: z.int().positive().optional() });

const schemeLine = z.strictObject({
  id,
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  versions: z
    .array(
      z.strictObject({
        version: z.int().positive(),
        validFrom: day,
        contactor: z.strictObject({
          kind: values(ContactorKind),
          ranks: z.array(z.enum(CADRE_RANKS)).optional(),
          organizationKinds: z.array(values(OrganizationKind)).optional(),
          organizationIds: z.array(id).optional(),
          memberships: z.array(values(MembershipKind)).optional(),
          atTarget: z.boolean().optional(),
        }),
        target: z.looseObject({ kinds: z.array(values(OrganizationKind)), inPatches: z.boolean().default(false) }),
        liaisons: z.strictObject({ min: z.int(), max: z.int() }).optional(),
        cardinalities: z
          .strictObject({ contactorsPerTarget: countRule.optional(), targetsPerContactor: countRule.optional() })
          .optional(),
        duties: z.array(dutyRule),
        source: values(DataSource),
        quote: z.string().optional(),
      }),
    )
    .min(1),
});

type SchemeLine = z.output<typeof schemeLine>;

/** Refuses a scheme that could not be made so in the graph: the same rules hold for a register's schemes. */
function refuseScheme({ code, versions }: SchemeLine): void {
  checkCode(code, 'code');
  for (const [at, { version, validFrom, target, ...terms }] of versions.entries()) {
    const before = versions[at - 1];
    if (before && (validFrom <= before.validFrom || version <= before.version))
      throw schemeErrors(
        'contactScheme.notAfterVersion',
        { from: before.validFrom, version: before.version },
        { field: `versions.${at}.validFrom` },
      );
    const duties = terms.duties.map(({ times = 1, ...duty }) => ({ ...duty, times }));
    const asked = { ...terms, duties, targetKinds: target.kinds, inPatches: target.inPatches };
    checkedTerms(asked as unknown as SchemeTermsInput, `versions.${at}`);
  }
}

async function importSchemes(ctx: Ctx, lines: SchemeLine[]): Promise<void> {
  for (const [at, line] of lines.entries()) ofRecord(at, () => refuseScheme(line));
  const named = lines.flatMap(({ versions }) => versions.flatMap(({ contactor }) => contactor.organizationIds ?? []));
  await refuseUnknown(ctx, 'organization', named, 'versions.contactor.organizationIds');
  const rows = lines.flatMap(({ id: schemeId, versions }) =>
    versions.map(({ version, validFrom, contactor, target, liaisons, cardinalities, duties, source, quote }, at) => ({
      id: v5(`version:${version}`, schemeId),
      schemeId,
      number: version,
      validFrom,
      validTo: versions[at + 1]?.validFrom ?? null,
      contactor: keptRule(contactor as ContactSchemeVersion['contactor']),
      targetKinds: target.kinds,
      inPatches: target.inPatches,
      liaisons: liaisons ?? null,
      cardinalities: (cardinalities ?? null) as ContactSchemeVersion['cardinalities'],
      duties,
      source,
      quote: quote ?? null,
    })),
  );
  await importBatch(ctx, ContactSchemeVersion, rows);
  const versionsOf = Map.groupBy(rows, ({ schemeId }) => schemeId);
  const records = new Map(
    await Promise.all(
      lines.map(async (line) => [line.id, await schemeRecordOf(ctx, line, versionsOf.get(line.id) ?? [])] as const),
    ),
  );
  const latest = new Map(lines.map((line) => [line.id, line.versions.at(-1) as (typeof line.versions)[number]]));
  await importBatch(
    ctx,
    ContactScheme,
    lines.map(({ id: schemeId, code, nameZh, nameEn }) => ({ id: schemeId, code, nameZh, nameEn })),
    {
      fact: (row) =>
        contactSchemeImported.of({
          code: row.code as string,
          version: latest.get(row.id)?.version ?? 1,
          validFrom: latest.get(row.id)?.validFrom ?? '',
          record: records.get(row.id) as Awaited<ReturnType<typeof schemeRecordOf>>,
        }),
    },
  );
}

/** How a contact scheme is brought in, with all its versions. */
export const contactSchemeImporter: Importer = importer(schemeLine, importSchemes);
