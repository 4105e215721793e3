import type { contactSchemeRecord, RecordOf } from '@frontline/events';
import { sql, toEntities, type Ctx } from '@frontline/platform';
import { heirsOf } from '../organization/organization-heirs.ts';
import { ContactSchemeVersion, type ContactScheme } from './contact-scheme.entity.ts';
import { namedByRules, stretchesOf } from './rule-heirs.ts';
import { keptRule } from './scheme-terms.ts';

type RecordedVersion = Pick<
  ContactSchemeVersion,
  'number' | 'validFrom' | 'validTo' | 'contactor' | 'targetKinds' | 'liaisons'
>;

/**
 * What others copy of a scheme: who may be a contactor of what, and with how many liaisons, version by version. A version
 * that names organizations which are taken over comes in stretches, each with those of its days.
 */
export async function schemeRecordOf(
  ctx: Ctx,
  { id, code }: Pick<ContactScheme, 'id' | 'code'>,
  versions: readonly RecordedVersion[],
): Promise<RecordOf<typeof contactSchemeRecord>> {
  const heirs = await heirsOf(ctx, namedByRules(versions));
  const inOrder = [...versions]
    .sort((a, b) => a.number - b.number)
    .flatMap((version) => stretchesOf<RecordedVersion>(version, heirs));
  return {
    id,
    code,
    versions: inOrder.map(({ number, validFrom, validTo, contactor, targetKinds, liaisons }) => ({
      number,
      contactor: keptRule(contactor),
      targetKinds: [...targetKinds],
      ...(liaisons && { liaisons: { min: liaisons.min, max: liaisons.max } }),
      from: validFrom,
      ...(validTo && { until: validTo }),
    })),
  };
}

/** The records of these schemes, as they stand in this transaction. */
export async function schemeRecords(ctx: Ctx, ids: readonly string[]): Promise<RecordOf<typeof contactSchemeRecord>[]> {
  const db = ctx.em.getKysely();
  const schemes = await sql<{ id: string; code: string }>`
    select id, code from contact_scheme where id = any(${[...ids]}::uuid[])`.execute(db);
  const { rows } = await sql<Record<string, unknown>>`
    select * from contact_scheme_version where scheme_id = any(${[...ids]}::uuid[])`.execute(db);
  const versions = Map.groupBy(toEntities(ctx.em, ContactSchemeVersion, rows), ({ schemeId }) => schemeId);
  return Promise.all(schemes.rows.map((scheme) => schemeRecordOf(ctx, scheme, versions.get(scheme.id) ?? [])));
}
