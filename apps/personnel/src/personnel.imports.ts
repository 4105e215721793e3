import { v5 } from 'uuid';
import { z } from 'zod';
import { cadreImported } from '@frontline/events';
import { ROLES } from '@frontline/access';
import { changeAll, importBatch, importer, type Ctx, type Importer } from '@frontline/platform';
import { day, id, period, values } from '@frontline/platform/import-fields';
import { Account } from './account/account.entity.ts';
import { CadreRank, CadreStatus, MembershipKind, Sex } from './cadre/cadre-enums.ts';
import { Cadre, Liaison, Membership, Post, RankPeriod } from './cadre/cadre.entity.ts';
import { cadreRecords, type CadreFacts } from './cadre/cadre-record.ts';
import { ExperienceKind, GrassrootsExperience } from './grassroots/grassroots-experience.entity.ts';
import {
  PublicRepresentative,
  RepresentativeKind,
  RepresentativeLevel,
} from './representative/public-representative.entity.ts';

const cadreLine = z.strictObject({
  id,
  staffNumber: z.string().min(1).max(40),
  name: z.string().min(1).max(100),
  sex: values(Sex),
  bornOn: day,
  recruitedOn: day,
  status: values(CadreStatus),
  statusSince: day,
  ranks: z.array(z.strictObject({ rank: values(CadreRank), ...period })),
  posts: z.array(z.strictObject({ organizationId: id, title: z.string().min(1).max(100), ...period })),
  partyMembership: z.array(z.strictObject({ kind: values(MembershipKind), ...period })).default([]),
});

/** Rows owned by an imported object have no id of their own; theirs follows from the owner, so that importing again finds them. */
function owned<R extends { from: string; until?: string | undefined }>(
  ownerId: string,
  concept: string,
  rows: readonly R[],
) {
  return rows.map(({ from, until, ...rest }, at) => ({
    id: v5(`${concept}:${at}`, ownerId),
    validFrom: from,
    validTo: until ?? null,
    ...rest,
  }));
}

const plain = ({ from, until }: { from: string; until?: string | undefined }) => ({ from, ...(until && { until }) });

/** The record of a cadre who was just imported; its liaisons come with lines of their own. */
function factsOf(line: z.output<typeof cadreLine>): CadreFacts {
  const { id: cadreId, staffNumber, status } = line;
  return {
    id: cadreId,
    staffNumber,
    status,
    ranks: line.ranks.map(({ rank, ...held }) => ({ rank, ...plain(held) })),
    posts: line.posts.map(({ organizationId, ...held }) => ({ organizationId, ...plain(held) })),
    partyMember: line.partyMembership.filter(({ kind }) => kind === 'PARTY').map(plain),
    liaisonIds: [],
  };
}

async function importCadres(ctx: Ctx, lines: z.output<typeof cadreLine>[]): Promise<void> {
  await importBatch(
    ctx,
    RankPeriod,
    lines.flatMap((line) => owned(line.id, 'rank', line.ranks).map((row) => ({ ...row, cadreId: line.id }))),
  );
  await importBatch(
    ctx,
    Post,
    lines.flatMap((line) => owned(line.id, 'post', line.posts).map((row) => ({ ...row, cadreId: line.id }))),
  );
  await importBatch(
    ctx,
    Membership,
    lines.flatMap((line) =>
      owned(line.id, 'membership', line.partyMembership).map((row) => ({ ...row, cadreId: line.id })),
    ),
  );
  const facts = new Map(lines.map((line) => [line.id, factsOf(line)]));
  const rows = lines.map(({ ranks: _ranks, posts: _posts, partyMembership: _memberships, ...cadre }) => cadre);
  await importBatch(ctx, Cadre, rows, { fact: (row) => cadreImported.of({ record: facts.get(row.id) as CadreFacts }) });
}

/** Liaisons are part of the cadre's record, so whoever copies it must hear of them. */
async function tellLiaisons(ctx: Ctx, cadreIds: string[]): Promise<void> {
  await changeAll(ctx, async (unit) => {
    const facts = new Map((await cadreRecords(unit.ctx, cadreIds)).map((record) => [record.id, record]));
    for (const cadre of await unit.loadAll(Cadre, { id: { $in: cadreIds } }))
      unit.emit(cadre, cadreImported.of({ record: facts.get(cadre.id) as CadreFacts }));
  });
}

/** What `import` reads, by the type of a line. */
export const personnelImports: Readonly<Record<string, Importer>> = {
  cadre: importer(cadreLine, importCadres),
  experience: importer(
    z.strictObject({ id, cadreId: id, organizationId: id, kind: values(ExperienceKind), ...period }),
    async (ctx, lines) => {
      await importBatch(
        ctx,
        GrassrootsExperience,
        lines.map(({ from, until, ...line }) => ({ ...line, validFrom: from, validTo: until ?? null })),
      );
    },
  ),
  liaison: importer(z.strictObject({ id, cadreId: id, liaisonId: id, ...period }), async (ctx, lines) => {
    const done = await importBatch(
      ctx,
      Liaison,
      lines.map(({ from, until, ...line }) => ({ ...line, validFrom: from, validTo: until ?? null })),
    );
    if (done.inserted + done.updated > 0) await tellLiaisons(ctx, [...new Set(lines.map(({ cadreId }) => cadreId))]);
  }),
  publicRepresentative: importer(
    z.strictObject({
      id,
      name: z.string().min(1).max(100),
      cadreId: id.optional(),
      kind: values(RepresentativeKind),
      level: values(RepresentativeLevel),
      termFrom: day,
      termUntil: day.optional(),
      constituencyId: id.optional(),
    }),
    async (ctx, lines) => {
      await importBatch(
        ctx,
        PublicRepresentative,
        lines.map((line) => ({ ...line, termUntil: line.termUntil ?? null })),
      );
    },
  ),
  account: importer(
    z.strictObject({
      id,
      sub: z.string().min(1).max(200),
      label: z.string().max(200),
      cadreId: id.optional(),
      grants: z.array(z.strictObject({ role: z.enum(ROLES), place: id.optional() })),
    }),
    async (ctx, lines) => {
      await importBatch(ctx, Account, lines);
    },
  ),
};
