import { v5 } from 'uuid';
import { z } from 'zod';
import { cadreImported, hasLeft } from '@frontline/events';
import {
  changeAll,
  importBatch,
  importer,
  personalDataCipher,
  sql,
  type Ctx,
  type Importer,
} from '@frontline/platform';
import { day, id, validity, values } from '@frontline/platform/import-fields';
import { lasting, oneAtATime, refuseOverlaps } from '../effective/imported-periods.ts';
import { CadreRank, CadreStatus, MembershipKind, Sex, StatusReason } from './cadre-enums.ts';
import { cadreRecords, recordedRows, recordOf, type CadreFacts, type RecordedRows } from './cadre-record.ts';
import { FIRST_STATUS } from './cadre-status.ts';
import { endByRegister } from './consequences.ts';
import { letPostsFollow } from '../succession/succession.commands.ts';
import { OpenFiles } from './open-file.ts';
import { Cadre, Membership, Post, RankPeriod, StatusPeriod } from './cadre.entity.ts';

const cadreLine = z
  .strictObject({
    id,
    staffNumber: z.string().min(1).max(40),
    name: z.string().min(1).max(100),
    sex: values(Sex),
    bornOn: day,
    recruitedOn: day,
    /** The present status, for registers that keep no history of it. */
    status: values(CadreStatus).optional(),
    statusSince: day.optional(),
    /** Every status with its days, for registers that do. */
    statuses: oneAtATime(lasting({ status: values(CadreStatus), reason: values(StatusReason).optional() })).optional(),
    ranks: oneAtATime(lasting({ rank: values(CadreRank) })),
    posts: z.array(
      lasting({ organizationId: id, title: z.string().min(1).max(100), temporary: z.boolean().default(false) }),
    ),
    partyMembership: z.array(lasting({ kind: values(MembershipKind) })).default([]),
  })
  .refine(({ status, statusSince, statuses }) => (statuses ? !status && !statusSince : status && statusSince), {
    path: ['status'],
    message: 'must be given with statusSince, or else statuses',
  });
type CadreLine = z.output<typeof cadreLine>;

/** The statuses of a line: as listed, or active from recruitment until the present one began. */
function statusesOf({ statuses, status = FIRST_STATUS, statusSince, recruitedOn }: CadreLine) {
  if (statuses) return statuses;
  const since = statusSince ?? recruitedOn;
  if (status === FIRST_STATUS) return [{ status, from: since < recruitedOn ? since : recruitedOn }];
  if (since <= recruitedOn) return [{ status, from: since }];
  return [
    { status: FIRST_STATUS, from: recruitedOn, until: since },
    { status, from: since },
  ];
}

/** Rows owned by an imported cadre have no id of their own; theirs follows from the cadre, so that importing again finds them. */
function owned<R extends { from: string; until?: string | undefined }>(
  lines: readonly CadreLine[],
  concept: string,
  rowsOf: (line: CadreLine) => readonly R[],
) {
  return lines.flatMap((line) =>
    rowsOf(line).map(({ from, until, ...rest }, at) => ({
      id: v5(`${concept}:${at}`, line.id),
      cadreId: line.id,
      ...validity({ from, until }),
      ...rest,
    })),
  );
}

async function importCadres(ctx: Ctx, lines: CadreLine[]): Promise<void> {
  const ids = lines.map((line) => line.id);
  const before = await recordsById(ctx, ids);
  const ownedBy = { property: 'cadreId' as const, ids };
  await importBatch(ctx, StatusPeriod, owned(lines, 'status', statusesOf), { ownedBy });
  await importBatch(
    ctx,
    RankPeriod,
    owned(lines, 'rank', ({ ranks }) => ranks),
    { ownedBy },
  );
  await importBatch(
    ctx,
    Post,
    owned(lines, 'post', ({ posts }) => posts),
    { ownedBy },
  );
  await replacePostsThatFollowed(ctx, ids);
  await importBatch(
    ctx,
    Membership,
    owned(lines, 'membership', (line) => line.partyMembership),
    { ownedBy },
  );
  await refuseOverlaps(ctx, 'status_period', ids, 'cadre.statuses');
  await refuseOverlaps(ctx, 'rank_period', ids, 'cadre.ranks');

  const held = await recordedRows(ctx, ids);
  const told = new Set<string>();
  const records = new Map(
    lines.map((line) => [line.id, recordOf(line, held.get(line.id) as RecordedRows, ctx.today())] as const),
  );
  const rows = lines.map(({ id: cadreId, staffNumber, name, sex, bornOn, recruitedOn }) => {
    const nameIndex = personalDataCipher().blindIndex(name);
    return { id: cadreId, staffNumber, name, nameIndex, sex, bornOn, recruitedOn };
  });
  await importBatch(ctx, Cadre, rows, {
    fact: (row) => {
      told.add(row.id);
      return cadreImported.of({ record: records.get(row.id) as CadreFacts });
    },
  });
  const changed = ids.filter((each) => !told.has(each) && differ(before.get(each), records.get(each)));
  await tellChanged(ctx, changed);
  await endWhatOthersShare(
    ctx,
    ids.filter((each) => {
      const known = before.get(each);
      return known !== undefined && !hasLeft(known.status) && differ(known, records.get(each));
    }),
  );
  await changeAll(ctx, (unit) => letPostsFollow(unit, ids));
}

/** A register that tells by itself of a post at an heir's means the one that followed there: its own stands for it. */
async function replacePostsThatFollowed(ctx: Ctx, cadreIds: readonly string[]): Promise<void> {
  await sql`
    delete from post t using organization_heir h, post r
    where t.cadre_id = any(${[...cadreIds]}::uuid[]) and h.heir_id = t.organization_id and h.since = t.valid_from
      and not exists (select 1 from imported_row i where i.table_name = 'post' and i.id = t.id)
      and r.cadre_id = t.cadre_id and r.organization_id = t.organization_id and r.temporary = t.temporary
      and r.valid_from = t.valid_from and exists (select 1 from imported_row i where i.table_name = 'post' and i.id = r.id)`.execute(
    ctx.em.getKysely(),
  );
}

/** Of who was in service by now and has another record since, what rests on them with others ends where it no longer may go on. */
async function endWhatOthersShare(ctx: Ctx, cadreIds: readonly string[]): Promise<void> {
  if (cadreIds.length === 0) return;
  await changeAll(ctx, async (unit) => {
    const files = new OpenFiles(unit);
    for (const file of await files.open(cadreIds.map((each) => ({ id: each, field: 'cadre.id' }))))
      unit.emit(file.cadre, ...(await endByRegister(files, file)));
    files.save();
  });
}

/** Tells others of cadres whose rows an import has changed, though not the cadres themselves. */
export async function tellChanged(ctx: Ctx, cadreIds: readonly string[]): Promise<void> {
  if (cadreIds.length === 0) return;
  await changeAll(ctx, async (unit) => {
    const records = await recordsById(unit.ctx, cadreIds);
    for (const cadre of await unit.loadAll(Cadre, { id: { $in: [...cadreIds] } }))
      unit.emit(cadre, cadreImported.of({ record: records.get(cadre.id) as CadreFacts }));
  });
}

/** The records of these cadres, by id. */
export async function recordsById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, CadreFacts>> {
  return new Map((await cadreRecords(ctx, ids)).map((record) => [record.id, record]));
}

/** Imports rows of cadres, then tells others of those whose record is another one than before. */
export async function tellingChanges(ctx: Ctx, cadreIds: readonly string[], bring: () => Promise<void>): Promise<void> {
  const ids = [...new Set(cadreIds)];
  const before = await recordsById(ctx, ids);
  await bring();
  const after = await recordsById(ctx, ids);
  await tellChanged(
    ctx,
    ids.filter((each) => differ(before.get(each), after.get(each))),
  );
}

const differ = (a: CadreFacts | undefined, b: CadreFacts | undefined): boolean =>
  JSON.stringify(a) !== JSON.stringify(b);

/** How a cadre is brought in, with everything a register keeps of their career. */
export const cadreImporter: Importer = importer(cadreLine, importCadres);
