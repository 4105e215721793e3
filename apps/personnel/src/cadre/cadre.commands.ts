import { cadreRegistered } from '@frontline/events';
import { changeAll, idempotently, personalDataCipher, sql, type Ctx } from '@frontline/platform';
import { addExperience, GRASSROOTS_KINDS } from '../grassroots/experience-rules.ts';
import { releaseLiaisons } from '../liaison/liaison-rules.ts';
import type {
  BeginTemporaryPostingInput,
  ChangeCadreRankInput,
  ChangeMembershipInput,
  EndOnInput,
  GrantLeaveInput,
  RegisterCadreInput,
  TransferCadreInput,
} from './cadre-change.inputs.ts';
import { cadreErrors, checkedText } from './cadre.errors.ts';
import { Cadre } from './cadre.entity.ts';
import { followHeirs } from '../succession/follow-heirs.ts';
import { heirsOf } from '../succession/organization-heir.entity.ts';
import { changeMembership, changeRank, LEADING_RANKS, transfer } from './career.ts';
import { releaseAsLiaison, releaseAsSubstitute } from './consequences.ts';
import { changeCadre, organizationOn, ownOrganizationOn, type OpenFiles } from './open-file.ts';
import type { PersonnelFile } from './personnel-file.ts';
import { registered } from './registration.ts';
import { beginPosting, endLeave, endPosting, grantLeave } from './status-changes.ts';

/** Enters a cadre into the register, with rank and post from the day of recruitment. */
export function registerCadre(ctx: Ctx, input: RegisterCadreInput): Promise<Cadre> {
  return idempotently(ctx, 'registerCadre', Cadre, input, async (tx) => {
    await ownOrganizationOn(tx, input.organizationId, input.recruitedOn, 'input.organizationId');
    const blindIndex = (name: string) => personalDataCipher().blindIndex(name);
    const file = registered(input, tx.today(), blindIndex, await heirsOf(tx));
    await refuseTakenStaffNumber(tx, file.cadre.staffNumber);
    return changeAll(tx, async (unit) => {
      const facts = [cadreRegistered.of({ record: file.record() }), ...followHeirs(file)];
      for (const row of file.added) unit.addOwned(row);
      return unit.add(file.cadre, ...facts);
    });
  });
}

/** Gives a cadre another post from a day on, and another rank with it if one is named. */
export function transferCadre(ctx: Ctx, input: TransferCadreInput): Promise<Cadre> {
  return changeCadre(ctx, 'transferCadre', input, async (file, files) => {
    const { id, kind } = await organizationOn(files.ctx, input.organizationId, input.on, 'input.organizationId');
    file.kinds.set(id, kind);
    const title = checkedText(input.title, 100, 'input.title');
    const { organizationId, on } = input;
    const posted = transfer(file, { organizationId, title, on, beside: input.besideOthers });
    if (!file.isOfficeCadreOn(on)) await releaseAsLiaison(files, file.cadre.id, on, 'LIAISON_MOVED');
    if (!input.rank || input.rank === file.rankOn(on)) return posted;
    return [...posted, ...(await ranked(file, files, input.rank, on))];
  });
}

/** Gives a cadre another rank from a day on. */
export function changeCadreRank(ctx: Ctx, input: ChangeCadreRankInput): Promise<Cadre> {
  return changeCadre(ctx, 'changeCadreRank', input, (file, files) => ranked(file, files, input.rank, input.on));
}

async function ranked(file: PersonnelFile, files: OpenFiles, rank: ChangeCadreRankInput['rank'], on: string) {
  const facts = changeRank(file, rank, on);
  if (!LEADING_RANKS.includes(rank)) return [...facts, ...releaseLiaisons(file, on, 'RELEASED')];
  await releaseAsLiaison(files, file.cadre.id, on, 'LIAISON_PROMOTED');
  return facts;
}

/** Records that a cadre joins the Party or the League, or leaves it. */
export function changeCadreMembership(ctx: Ctx, input: ChangeMembershipInput): Promise<Cadre> {
  return changeCadre(ctx, 'changeCadreMembership', input, (file) =>
    changeMembership(file, input.kind, input.on, input.member),
  );
}

/** Grants leave; whoever is on leave substitutes for nobody. */
export function grantCadreLeave(ctx: Ctx, input: GrantLeaveInput): Promise<Cadre> {
  return changeCadre(ctx, 'grantLeave', input, async (file, files) => {
    const period = { from: input.from, until: input.until ?? undefined };
    const facts = grantLeave(file, { ...period, reason: input.reason });
    await releaseAsSubstitute(files, file.cadre.id, period);
    return facts;
  });
}

/** Ends a leave. */
export function endCadreLeave(ctx: Ctx, input: EndOnInput): Promise<Cadre> {
  return changeCadre(ctx, 'endLeave', input, (file) => endLeave(file, input.on));
}

/** Posts a cadre elsewhere for a time; at the grassroots it counts as experience. */
export function beginTemporaryPosting(ctx: Ctx, input: BeginTemporaryPostingInput): Promise<Cadre> {
  return changeCadre(ctx, 'beginTemporaryPosting', input, async (file, files) => {
    const { organizationId, from, until } = input;
    const { kind } = await organizationOn(files.ctx, organizationId, from, 'input.organizationId');
    const title = checkedText(input.title, 100, 'input.title');
    const facts = beginPosting(file, { organizationId, title, from, until });
    await releaseAsSubstitute(files, file.cadre.id, { from, until });
    if (!GRASSROOTS_KINDS.includes(kind)) return facts;
    return [...facts, ...addExperience(file, { organizationId, kind: 'TEMPORARY_POSTING', from, until })];
  });
}

/** Ends a temporary posting earlier than planned. */
export function endTemporaryPosting(ctx: Ctx, input: EndOnInput): Promise<Cadre> {
  return changeCadre(ctx, 'endTemporaryPosting', input, (file) => endPosting(file, input.on));
}

/** Two registrations of one number at once wait for each other. */
async function refuseTakenStaffNumber(ctx: Ctx, staffNumber: string): Promise<void> {
  const db = ctx.em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${`staffNumber ${staffNumber}`}, 0))`.execute(db);
  const { rows } = await sql`select 1 from cadre where staff_number = ${staffNumber}`.execute(db);
  if (rows.length > 0) throw cadreErrors('cadre.staffNumberTaken', {}, { field: 'input.staffNumber' });
}
