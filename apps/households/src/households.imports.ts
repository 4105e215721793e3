import { importer, type Importer } from '@frontline/platform';
import { gridLine, importGrids } from './grid/grid.commands.ts';
import { homeVisitLine, importHomeVisits } from './home-visit/home-visit-import.commands.ts';
import { householdLine, importHouseholds } from './household/household.commands.ts';
import { importPairedAssistances, pairedAssistanceLine } from './paired-assistance/paired-assistance.commands.ts';
import {
  importParticipants,
  importServiceTeams,
  participantLine,
  serviceTeamLine,
} from './service-team/service-team.commands.ts';

/** What `import` reads, by the type of a line, in the order in which they build on each other. */
export const householdsImports: Readonly<Record<string, Importer>> = {
  grid: importer(gridLine, importGrids),
  serviceTeam: importer(serviceTeamLine, importServiceTeams),
  participant: importer(participantLine, importParticipants),
  household: importer(householdLine, importHouseholds),
  pairedAssistance: importer(pairedAssistanceLine, importPairedAssistances),
  homeVisit: importer(homeVisitLine, importHomeVisits),
};
