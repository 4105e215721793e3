import { join } from 'node:path';
import {
  cadreRecord,
  caseCategoryRecord,
  contactAssignmentRecord,
  contactSchemeRecord,
  organizationRecord,
  pairedAssistanceRecord,
  publicRepresentativeRecord,
} from '@frontline/events';
import { byId, copyFollower, sql, toEntities, type Ctx, type Manifest } from '@frontline/platform';
import { Activity, ActivityAmendment, ActivityParticipant, Demand } from './activity/activity.entity.ts';
import { ActivityAmendmentResolver, ActivityResolver, DemandResolver } from './activity/activity.resolver.ts';
import { followAssistances } from './assistance/assistance-followers.ts';
import { BranchPairing } from './branch-pairing/branch-pairing.entity.ts';
import { BranchPairingResolver, PairedOrganizationResolver } from './branch-pairing/branch-pairing.resolver.ts';
import { CalendarFeed, CalendarFeedItem } from './calendar-feed/calendar-feed.entity.ts';
import { CalendarFeedResolver } from './calendar-feed/calendar-feed.resolver.ts';
import { calendarFeedPath } from './calendar-feed/read-calendar-feed.ts';
import { consumers } from './consumers.ts';
import { followRegister } from './contact-assignment/register-followers.ts';
import { ContactAssignment } from './contact-assignment/contact-assignment.entity.ts';
import { contactAssignmentTable } from './contact-assignment/contact-assignment.table.ts';
import { ContactAssignmentChangeResolver } from './contact-assignment/contact-assignment-change.resolver.ts';
import {
  CadreContactsResolver,
  ContactAssignmentResolver,
  OrganizationContactsResolver,
} from './contact-assignment/contact-assignment.resolver.ts';
import { ContactScheme, ContactSchemeVersion } from './contact-scheme/contact-scheme.entity.ts';
import { contactSchemeTable } from './contact-scheme/contact-scheme.table.ts';
import { schemeRecords } from './contact-scheme/scheme-record.ts';
import {
  ContactSchemeResolver,
  DutyRuleResolver,
  SchemeContactorRuleResolver,
} from './contact-scheme/contact-scheme.resolver.ts';
import { CadreStub, HomeVisitDemandStub, RepresentativeStub } from './directory/foreign-types.ts';
import { CalendarResolver } from './district/calendar.resolver.ts';
import { EnumNamesResolver } from './district/enum-names.resolver.ts';
import { PlatformResolver } from './district/platform.resolver.ts';
import { tellOutcomes } from './duty/duty-outcomes.ts';
import { regenerateDuties } from './duty/duty.commands.ts';
import { Duty } from './duty/duty.entity.ts';
import { ContactSchemeFulfilmentResolver, DutyFulfilmentResolver } from './fulfilment-rate/fulfilment-rate.resolver.ts';
import { DutyResolver } from './duty/duty.resolver.ts';
import { Handover } from './handover/handover.entity.ts';
import { HandoverResolver, HeldContactResolver } from './handover/handover.resolver.ts';
import { ActivityAmendments } from './migrations/activity-amendments.ts';
import { ActivityRecords } from './migrations/activity-records.ts';
import { WithdrawnActivities } from './migrations/withdrawn-activities.ts';
import { AmendedPromises } from './migrations/amended-promises.ts';
import { AssignmentsEnded } from './migrations/assignments-ended.ts';
import { AssignmentsContinued } from './migrations/assignments-continued.ts';
import { AssignmentsLookedUp } from './migrations/assignments-looked-up.ts';
import { CalendarFeeds } from './migrations/calendar-feeds.ts';
import { CareDuties } from './migrations/care-duties.ts';
import { ChangesOfOrganizations } from './migrations/changes-of-organizations.ts';
import { Coverage } from './migrations/coverage.ts';
import { DutiesByRule } from './migrations/duties-by-rule.ts';
import { BrokenPromises } from './migrations/broken-promises.ts';
import { ClosedDuties } from './migrations/closed-duties.ts';
import { FormerLiaisons } from './migrations/former-liaisons.ts';
import { Handovers } from './migrations/handovers.ts';
import { IdsAsUuids } from './migrations/ids-as-uuids.ts';
import { LocationsOfOrganizations } from './migrations/locations-of-organizations.ts';
import { OrganizationsTables } from './migrations/organizations-tables.ts';
import { Patches } from './migrations/patches.ts';
import { PairingPlans } from './migrations/pairing-plans.ts';
import { Questions } from './migrations/questions.ts';
import { PromisesAndTellBacks } from './migrations/promises-and-tell-backs.ts';
import { Reassignments } from './migrations/reassignments.ts';
import { Receptions } from './migrations/receptions.ts';
import { RulesFollowSuccessions } from './migrations/rules-follow-successions.ts';
import { TreeChangesTold } from './migrations/tree-changes-told.ts';
import {
  Organization,
  OrganizationLocation,
  OrganizationName,
  OrganizationParent,
  OrganizationSuccession,
} from './organization/organization.entity.ts';
import { organizationRecords } from './organization/organization-record.ts';
import { organizationTable } from './organization/organization.table.ts';
import { OrganizationChangeResolver } from './organization/organization-change.resolver.ts';
import { OrganizationResolver } from './organization/organization.resolver.ts';
import { tellTreeToday } from './organization/tree-today.ts';
import { Patch, PatchArea } from './patch/patch.entity.ts';
import { PatchAssignmentResolver, PatchedOrganizationResolver, PatchResolver } from './patch/patch.resolver.ts';
import { PairingPlan } from './pairing-plan/pairing-plan.entity.ts';
import {
  PairingPlanItemResolver,
  PairingPlanResolver,
  PlannedPairingResolver,
} from './pairing-plan/pairing-plan.resolver.ts';
import {
  ActivityPromisesResolver,
  CadrePromisesResolver,
  OrganizationPromisesResolver,
  PromiseResolver,
} from './promise/promise.resolver.ts';
import { tellBrokenPromises } from './promise/broken-promises.ts';
import { GivenPromise } from './promise/promise.entity.ts';
import { mendRotas, replaceWhoCannotCome } from './reception/mend-rota.commands.ts';
import { ReceptionDay, ReceptionSeat } from './reception/reception-day.entity.ts';
import {
  CadreReceptionsResolver,
  OrganizationReceptionsResolver,
  ReceptionDayResolver,
  ReceptionSeatResolver,
  RepresentativeReceptionsResolver,
} from './reception/reception.resolver.ts';
import { Reassignment } from './reassignment/reassignment.entity.ts';
import {
  ReassignmentConflictResolver,
  ReassignmentMoveResolver,
  ReassignmentResolver,
  StrandedAssignmentResolver,
} from './reassignment/reassignment.resolver.ts';
import { CoverageGap } from './scheme-coverage/coverage.entity.ts';
import { keepCoverage, rebuildCoverage } from './scheme-coverage/coverage.projection.ts';
import {
  ContactSchemeCoverageResolver,
  CoverageGapResolver,
  SchemeCoverageResolver,
} from './scheme-coverage/coverage.resolver.ts';
import { Question } from './question/question.entity.ts';
import { ActivityQuestionsResolver, DemandQuestionResolver, QuestionResolver } from './question/question.resolver.ts';
import { unansweredBecomeDemands } from './question/unanswered-questions.ts';
import { KeptCareVisits } from './migrations/kept-care-visits.ts';
import { LiaisonsWhoLeft } from './migrations/liaisons-who-left.ts';
import { TellBacksOfDoors } from './migrations/tell-backs-of-doors.ts';
import { TellBacksPassedOn } from './migrations/tell-backs-passed-on.ts';
import { TellBacksByCallback } from './migrations/tell-backs-by-callback.ts';
import { settleTellBacksOf } from './tell-back/settle-tell-backs.commands.ts';
import { TellBack } from './tell-back/tell-back.entity.ts';
import {
  CadreTellBacksResolver,
  DemandTellBackResolver,
  DutyTellBackResolver,
  HomeVisitDemandTellBackResolver,
  TellBackResolver,
} from './tell-back/tell-back.resolver.ts';
import { organizationsImports } from './organizations.imports.ts';

/** Organizations in their two trees, and who contacts whom: schemes, assignments, duties, activities, demands, pairings. */
export const organizations: Manifest = {
  name: 'organizations',
  entities: [
    Activity,
    ActivityAmendment,
    ActivityParticipant,
    BranchPairing,
    CalendarFeed,
    CalendarFeedItem,
    ContactAssignment,
    ContactScheme,
    ContactSchemeVersion,
    CoverageGap,
    Demand,
    Duty,
    GivenPromise,
    Handover,
    Organization,
    OrganizationLocation,
    OrganizationName,
    OrganizationParent,
    OrganizationSuccession,
    Reassignment,
    ReceptionDay,
    ReceptionSeat,
    PairingPlan,
    Question,
    Patch,
    PatchArea,
    TellBack,
  ],
  resolvers: [
    ActivityAmendmentResolver,
    ActivityResolver,
    BranchPairingResolver,
    CalendarFeedResolver,
    CalendarResolver,
    CadreContactsResolver,
    ContactAssignmentChangeResolver,
    ContactAssignmentResolver,
    ContactSchemeCoverageResolver,
    ContactSchemeFulfilmentResolver,
    ContactSchemeResolver,
    CoverageGapResolver,
    DemandResolver,
    DutyFulfilmentResolver,
    DutyResolver,
    DutyRuleResolver,
    SchemeContactorRuleResolver,
    DutyTellBackResolver,
    EnumNamesResolver,
    HandoverResolver,
    HeldContactResolver,
    HomeVisitDemandTellBackResolver,
    OrganizationChangeResolver,
    OrganizationContactsResolver,
    OrganizationResolver,
    PairedOrganizationResolver,
    PairingPlanItemResolver,
    PairingPlanResolver,
    PlannedPairingResolver,
    PatchAssignmentResolver,
    PatchedOrganizationResolver,
    PatchResolver,
    PlatformResolver,
    ActivityQuestionsResolver,
    DemandQuestionResolver,
    QuestionResolver,
    ActivityPromisesResolver,
    CadrePromisesResolver,
    CadreTellBacksResolver,
    DemandTellBackResolver,
    OrganizationPromisesResolver,
    PromiseResolver,
    CadreReceptionsResolver,
    OrganizationReceptionsResolver,
    ReceptionDayResolver,
    ReceptionSeatResolver,
    RepresentativeReceptionsResolver,
    ReassignmentConflictResolver,
    ReassignmentMoveResolver,
    ReassignmentResolver,
    SchemeCoverageResolver,
    StrandedAssignmentResolver,
    TellBackResolver,
  ],
  orphanedTypes: [HomeVisitDemandStub],
  references: {
    Activity: (ctx, key) => byId(ctx, Activity, key['id']),
    BranchPairing: (ctx, key) => byId(ctx, BranchPairing, key['id']),
    Cadre: (_ctx, key) => CadreStub.of(key['id'] as string),
    ContactAssignment: (ctx, key) => byId(ctx, ContactAssignment, key['id']),
    ContactScheme: (ctx, key) => byId(ctx, ContactScheme, key['id']),
    Demand: (ctx, key) => byId(ctx, Demand, key['id']),
    Duty: (ctx, key) => byId(ctx, Duty, key['id']),
    Handover: (ctx, key) => byId(ctx, Handover, key['id']),
    HomeVisitDemand: (_ctx, key) => HomeVisitDemandStub.of(key['id'] as string),
    Organization: (ctx, key) => byId(ctx, Organization, key['id']),
    Patch: (ctx, key) => byId(ctx, Patch, key['id']),
    PairingPlan: (ctx, key) => byId(ctx, PairingPlan, key['id']),
    Question: (ctx, key) => byId(ctx, Question, key['id']),
    Promise: (ctx, key) => byId(ctx, GivenPromise, key['id']),
    PublicRepresentative: (_ctx, key) => RepresentativeStub.of(key['id'] as string),
    ReceptionDay: (ctx, key) => byId(ctx, ReceptionDay, key['id']),
    TellBack: (ctx, key) => byId(ctx, TellBack, key['id']),
  },
  migrations: [
    OrganizationsTables,
    ActivityRecords,
    ActivityAmendments,
    ChangesOfOrganizations,
    DutiesByRule,
    PromisesAndTellBacks,
    Handovers,
    BrokenPromises,
    CareDuties,
    TreeChangesTold,
    Receptions,
    PairingPlans,
    IdsAsUuids,
    Coverage,
    Questions,
    CalendarFeeds,
    Reassignments,
    Patches,
    FormerLiaisons,
    ClosedDuties,
    TellBacksByCallback,
    AssignmentsContinued,
    KeptCareVisits,
    TellBacksOfDoors,
    AssignmentsEnded,
    LiaisonsWhoLeft,
    TellBacksPassedOn,
    AssignmentsLookedUp,
    LocationsOfOrganizations,
    AmendedPromises,
    RulesFollowSuccessions,
    WithdrawnActivities,
  ],
  migrationsPath: join(import.meta.dirname, 'migrations'),
  imports: organizationsImports,
  tables: [organizationTable, contactSchemeTable, contactAssignmentTable],
  daily: async (ctx) => ({
    tree: await tellTreeToday(ctx),
    duties: await regenerateDuties(ctx, { onlyBehind: true }),
    outcomes: await tellOutcomes(ctx),
    brokenPromises: await tellBrokenPromises(ctx),
    unansweredQuestions: await unansweredBecomeDemands(ctx),
    rotas: await mendRotas(ctx),
    coverage: await keepCoverage(ctx),
  }),
  projections: { coverage: rebuildCoverage },
  openPaths: [calendarFeedPath()],
  consumers,
  copies: [cadreRecord, publicRepresentativeRecord],
  copyFollowers: [
    copyFollower(pairedAssistanceRecord, followAssistances),
    // looked up when a demand is recorded; nothing waits for it
    copyFollower(caseCategoryRecord, () => Promise.resolve()),
    copyFollower(cadreRecord, followRegister, 'organizations.follow-cadres'),
    copyFollower(cadreRecord, settleTellBacksOf),
    copyFollower(cadreRecord, replaceWhoCannotCome),
    copyFollower(publicRepresentativeRecord, replaceWhoCannotCome),
  ],
  snapshots: [
    { record: organizationRecord, entity: Organization, read: organizationRecords },
    { record: contactAssignmentRecord, entity: ContactAssignment, read: assignmentRecords },
    { record: contactSchemeRecord, entity: ContactScheme, read: schemeRecords },
  ],
};

async function assignmentRecords(ctx: Ctx, ids: readonly string[]) {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from contact_assignment where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return toEntities(ctx.em, ContactAssignment, rows).map((each) => each.record());
}
