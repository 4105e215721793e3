import { join } from 'node:path';
import {
  cadreRecord,
  caseRecord,
  contactSchemeRecord,
  householdRecord,
  organizationRecord,
  pairedAssistanceRecord,
} from '@frontline/events';
import { byId, copyFollower, type Manifest } from '@frontline/platform';
import { FormerArea } from './area-succession/former-area.entity.ts';
import { consumers } from './consumers.ts';
import { CadreStub } from './directory/cadre-stub.ts';
import { OrganizationStub } from './directory/organization-stub.ts';
import { Grid } from './grid/grid.entity.ts';
import { CadreGridsResolver, GridResolver, OrganizationGridsResolver } from './grid/grid.resolver.ts';
import { AmendHomeVisitResolver, HomeVisitAmendmentResolver } from './home-visit/amend-home-visit.resolver.ts';
import { HomeVisitAmendment } from './home-visit/home-visit-amendment.entity.ts';
import { HomeVisit, HomeVisitDemand } from './home-visit/home-visit.entity.ts';
import {
  HomeVisitDemandResolver,
  HomeVisitResolver,
  HouseholdVisitsResolver,
  TeamVisitsResolver,
} from './home-visit/home-visit.resolver.ts';
import { householdRecords } from './household/household-records.ts';
import { HardshipCertificate, Household, Resident } from './household/household.entity.ts';
import {
  CadreHouseholdsResolver,
  GridHouseholdsResolver,
  HardshipCertificateResolver,
  HouseholdResolver,
  OrganizationHouseholdsResolver,
  ResidentResolver,
} from './household/household.resolver.ts';
import { householdsImports } from './households.imports.ts';
import { FormerAreas } from './migrations/former-areas.ts';
import { HomeVisitAmendments } from './migrations/home-visit-amendments.ts';
import { HouseholdsTables } from './migrations/households-tables.ts';
import { AssistancePosts } from './migrations/assistance-posts.ts';
import { PartyPosts } from './migrations/party-posts.ts';
import { PartyService } from './migrations/party-service.ts';
import { followRegister } from './paired-assistance/paired-assistance.commands.ts';
import { PairedAssistance, UnpairedCadre } from './paired-assistance/paired-assistance.entity.ts';
import { pairedAssistanceRecords } from './paired-assistance/paired-assistance.queries.ts';
import {
  AssistanceCoverageResolver,
  HouseholdAssistanceResolver,
  PairedAssistanceResolver,
  UnpairedCadreResolver,
} from './paired-assistance/paired-assistance.resolver.ts';
import { ServiceTeam } from './service-team/service-team.entity.ts';
import { ServiceTeamParticipant, TeamMembership } from './service-team/service-team-participant.entity.ts';
import {
  ServiceTeamParticipantResolver,
  TeamMembershipResolver,
} from './service-team/service-team-participant.resolver.ts';
import {
  CadreTeamsResolver,
  GridTeamsResolver,
  HouseholdTeamsResolver,
  OrganizationTeamsResolver,
  ServiceTeamResolver,
} from './service-team/service-team.resolver.ts';

/** Whom the district serves at home: grids, service teams, households, paired assistance, home visits. */
export const households: Manifest = {
  name: 'households',
  entities: [
    FormerArea,
    Grid,
    HardshipCertificate,
    HomeVisit,
    HomeVisitAmendment,
    HomeVisitDemand,
    Household,
    PairedAssistance,
    Resident,
    ServiceTeam,
    ServiceTeamParticipant,
    TeamMembership,
    UnpairedCadre,
  ],
  resolvers: [
    AmendHomeVisitResolver,
    AssistanceCoverageResolver,
    CadreGridsResolver,
    CadreHouseholdsResolver,
    CadreTeamsResolver,
    GridHouseholdsResolver,
    GridResolver,
    GridTeamsResolver,
    HardshipCertificateResolver,
    HomeVisitAmendmentResolver,
    HomeVisitDemandResolver,
    HomeVisitResolver,
    HouseholdAssistanceResolver,
    HouseholdResolver,
    HouseholdTeamsResolver,
    HouseholdVisitsResolver,
    OrganizationGridsResolver,
    OrganizationHouseholdsResolver,
    OrganizationTeamsResolver,
    PairedAssistanceResolver,
    ResidentResolver,
    ServiceTeamParticipantResolver,
    ServiceTeamResolver,
    TeamMembershipResolver,
    TeamVisitsResolver,
    UnpairedCadreResolver,
  ],
  references: {
    Cadre: (_ctx, key) => CadreStub.of(key['id'] as string),
    Grid: (ctx, key) => byId(ctx, Grid, key['id']),
    HomeVisit: (ctx, key) => byId(ctx, HomeVisit, key['id']),
    HomeVisitDemand: (ctx, key) => byId(ctx, HomeVisitDemand, key['id']),
    Household: (ctx, key) => byId(ctx, Household, key['id']),
    Organization: (_ctx, key) => OrganizationStub.of(key['id'] as string),
    PairedAssistance: (ctx, key) => byId(ctx, PairedAssistance, key['id']),
    ServiceTeam: (ctx, key) => byId(ctx, ServiceTeam, key['id']),
    ServiceTeamParticipant: (ctx, key) => byId(ctx, ServiceTeamParticipant, key['id']),
  },
  migrations: [HouseholdsTables, FormerAreas, PartyService, PartyPosts, HomeVisitAmendments, AssistancePosts],
  migrationsPath: join(import.meta.dirname, 'migrations'),
  imports: householdsImports,
  consumers,
  copies: [organizationRecord, contactSchemeRecord, cadreRecord, caseRecord],
  copyFollowers: [copyFollower(cadreRecord, followRegister, 'uncover-households')],
  snapshots: [
    { record: householdRecord, entity: Household, read: householdRecords },
    { record: pairedAssistanceRecord, entity: PairedAssistance, read: pairedAssistanceRecords },
  ],
};
