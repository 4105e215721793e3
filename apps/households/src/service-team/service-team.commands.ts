import { v5 } from 'uuid';
import { z } from 'zod';
import { importBatch, personalDataCipher, refuseUnknown, type Ctx } from '@frontline/platform';
import { code, id, name, period, validity, values } from '@frontline/platform/import-fields';
import { ServiceTeam } from './service-team.entity.ts';
import { ParticipantRole, ServiceTeamParticipant, TeamMembership } from './service-team-participant.entity.ts';

/** A service team as another system gives it; no grids means that it serves the whole residential area. */
export const serviceTeamLine = z.strictObject({
  id,
  code,
  name,
  residentialAreaId: id,
  gridIds: z.array(id),
  ...period,
});

/** A person in service teams as another system gives them. */
export const participantLine = z.strictObject({
  id,
  personCode: code,
  name,
  role: values(ParticipantRole),
  cadreId: id.optional(),
  organizationId: id.optional(),
  teams: z.array(z.strictObject({ teamId: id, ...period })).min(1, 'needs at least one team'),
});

/** Brings service teams in; the grids they serve must be there. */
export async function importServiceTeams(ctx: Ctx, lines: z.output<typeof serviceTeamLine>[]): Promise<void> {
  await refuseUnknown(
    ctx,
    'grid',
    lines.flatMap(({ gridIds }) => gridIds),
    'serviceTeam.gridIds',
  );
  const rows = lines.map(({ from, until, ...team }) => ({ ...team, ...validity({ from, until }) }));
  await importBatch(ctx, ServiceTeam, rows);
}

/** Brings people in service teams in, with their times in teams; the teams must be there. */
export async function importParticipants(ctx: Ctx, lines: z.output<typeof participantLine>[]): Promise<void> {
  await refuseUnknown(
    ctx,
    'service_team',
    lines.flatMap(({ teams }) => teams.map(({ teamId }) => teamId)),
    'participant.teams',
  );
  const cipher = personalDataCipher();
  await importBatch(
    ctx,
    ServiceTeamParticipant,
    lines.map((line) => ({
      id: line.id,
      code: line.personCode,
      name: line.name,
      nameIndex: cipher.blindIndex(line.name),
      role: line.role,
      cadreId: line.cadreId ?? null,
      organizationId: line.organizationId ?? null,
    })),
  );
  // a time in a team has no id of its own: person, team and first day make it, so that importing again finds it
  const memberships = lines.flatMap(({ id: participantId, teams }) =>
    teams.map(({ teamId, ...held }) => ({
      id: v5(`membership:${teamId}:${held.from}`, participantId),
      participantId,
      teamId,
      ...validity(held),
    })),
  );
  const ids = lines.map((line) => line.id);
  await importBatch(ctx, TeamMembership, memberships, { ownedBy: { property: 'participantId', ids } });
}
