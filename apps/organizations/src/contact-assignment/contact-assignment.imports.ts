import { z } from 'zod';
import { contactAssignmentImported } from '@frontline/events';
import { importBatch, importer, refuseUnknown, sql, toEntities, type Ctx, type Importer } from '@frontline/platform';
import { id, period, validity, values } from '@frontline/platform/import-fields';
import { ContactorKind } from '../contact-scheme/contact-scheme.entity.ts';
import { Patch } from '../patch/patch.entity.ts';
import { dayOfFile, formerByFile } from './assignment-eligibility.ts';
import { peopleAndPlaces } from './assignment-facts.ts';
import { refuseLiaison } from './assignment-terms.ts';
import { ContactAssignment, ContactTargetKind } from './contact-assignment.entity.ts';
import { fillGaps } from './gap-filling.ts';

const assignmentLine = z.strictObject({
  id,
  scheme: z.string(),
  contactorKind: values(ContactorKind),
  contactorIds: z.array(id).min(1),
  targetId: id,
  targetKind: values(ContactTargetKind).default('ORGANIZATION'),
  liaisonIds: z.array(id).default([]),
  ...period,
  reason: z.string(),
});
type AssignmentLine = z.output<typeof assignmentLine>;

/** The subdistricts of patches; refuses one that was not brought in before. */
async function placesOfPatches(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  await refuseUnknown(ctx, 'patch', ids, 'targetId');
  const patches = await ctx.em.fork().find(Patch, { id: { $in: [...new Set(ids)] } });
  return new Map(patches.map(({ id: patchId, subdistrictId }) => [patchId, subdistrictId]));
}

/** How a contact assignment is brought in, after the patches. */
export const contactAssignmentImporter: Importer = importer(assignmentLine, async (ctx, lines) => {
  const places = await placesOfPatches(
    ctx,
    lines.filter(({ targetKind }) => targetKind === 'PATCH').map(({ targetId }) => targetId),
  );
  const rows = lines.map(({ contactorIds: [contactorId, ...coContactorIds], from, until, ...line }) => ({
    ...line,
    placeId: places.get(line.targetId) ?? line.targetId,
    contactorId: contactorId as string,
    coContactorIds,
    ...validity({ from, until }),
  }));
  const ids = lines.map((line) => line.id);
  const before = await heldById(ctx, ids);
  await refuseNewLiaisons(ctx, lines, before);
  await importBatch(ctx, ContactAssignment, rows, {
    fact: (row) => contactAssignmentImported.of({ record: Object.assign(new ContactAssignment(), row).record() }),
  });
  await keepFormerLiaisons(ctx, before);
  await fillGaps(ctx, ids);
});

async function heldById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ContactAssignment>> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from contact_assignment where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return new Map(toEntities(ctx.em, ContactAssignment, rows).map((each) => [each.id, each]));
}

/** Who goes along by a line and did not before may do so on its day, as far as we know them: copies may come later. */
async function refuseNewLiaisons(
  ctx: Ctx,
  lines: readonly AssignmentLine[],
  before: ReadonlyMap<string, ContactAssignment>,
): Promise<void> {
  const fresh = lines.flatMap(({ id: assignmentId, liaisonIds, contactorIds, from, until }) =>
    liaisonIds
      .filter((each) => !before.get(assignmentId)?.liaisonIds.includes(each))
      .map((liaisonId) => ({ liaisonId, contactorIds, day: dayOfFile({ from, until }, ctx.today()) })),
  );
  const { cadre, organization } = await peopleAndPlaces(ctx, [...new Set(fresh.map(({ liaisonId }) => liaisonId))], []);
  for (const { liaisonId, contactorIds, day } of fresh) {
    const liaison = cadre(liaisonId);
    if (liaison) refuseLiaison(liaison, contactorIds, day, organization, 'contactAssignment.liaisonIds');
  }
}

/** Who went along until an import says otherwise stays on record, as when somebody changes it by hand. */
async function keepFormerLiaisons(ctx: Ctx, before: ReadonlyMap<string, ContactAssignment>): Promise<void> {
  const held = await heldById(ctx, [...before.keys()]);
  const changed = [...held.values()].flatMap(({ id: assignmentId, liaisonIds }) => {
    const then = before.get(assignmentId) as ContactAssignment;
    if (then.liaisonIds.join() === liaisonIds.join()) return [];
    return [{ id: assignmentId, former: formerByFile(then, liaisonIds, ctx.today()) }];
  });
  if (changed.length === 0) return;
  await sql`
    update contact_assignment a set former_liaisons = r.former
    from unnest(${changed.map((each) => each.id)}::uuid[], ${changed.map(({ former }) => JSON.stringify(former))}::jsonb[]) as r(id, former)
    where a.id = r.id`.execute(ctx.em.getKysely());
}
