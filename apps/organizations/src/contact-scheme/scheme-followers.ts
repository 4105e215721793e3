import { contactSchemeFollowed } from '@frontline/events';
import { sql, type Unit } from '@frontline/platform';
import { heirsOf } from '../organization/organization-heirs.ts';
import { ContactScheme } from './contact-scheme.entity.ts';
import { chainOf } from './rule-heirs.ts';
import { schemeRecords } from './scheme-record.ts';

/**
 * Tells of every scheme with a rule that names one of these organizations, or one that they went on for, now that others go
 * on for them: `ended` says since when. The versions stay as they are (ADR 25); what is told names the heirs by their days.
 */
export async function tellFollowedSchemes(unit: Unit, ended: ReadonlyMap<string, string>): Promise<void> {
  const { ctx } = unit;
  const { rows } = await sql<{ schemeId: string; named: string }>`
    select distinct v.scheme_id as "schemeId", n.id as named from contact_scheme_version v
    cross join lateral jsonb_array_elements_text(v.contactor -> 'organizationIds') n(id)`.execute(ctx.em.getKysely());
  const heirs = await heirsOf(
    ctx,
    rows.map(({ named }) => named),
  );
  const since = new Map<string, string>();
  for (const { schemeId, named } of rows)
    for (const { from, heir } of chainOf(named, heirs))
      if (ended.get(from) === heir.since) since.set(schemeId, heir.since);
  if (since.size === 0) return;
  const schemes = await unit.loadAll(ContactScheme, { id: { $in: [...since.keys()] } });
  const records = new Map((await schemeRecords(ctx, [...since.keys()])).map((record) => [record.id, record]));
  for (const scheme of schemes)
    unit.emit(
      scheme,
      contactSchemeFollowed.of({
        code: scheme.code,
        on: since.get(scheme.id) as string,
        record: records.get(scheme.id) as NonNullable<ReturnType<typeof records.get>>,
      }),
    );
}
