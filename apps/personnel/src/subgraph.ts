import { join } from 'node:path';
import {
  cadreRecord,
  contactAssignmentRecord,
  contactSchemeRecord,
  organizationRecord,
  publicRepresentativeRecord,
} from '@frontline/events';
import { byId, type Manifest } from '@frontline/platform';
import { Absence } from './absence/absence.entity.ts';
import { AbsenceResolver, CadreAbsenceResolver } from './absence/absence.resolver.ts';
import { Account } from './account/account.entity.ts';
import { identityOf } from './account/identity.ts';
import { ViewerResolver } from './account/viewer.resolver.ts';
import { Cadre, Membership, Post, RankPeriod, StatusPeriod } from './cadre/cadre.entity.ts';
import { CadreChangeResolver } from './cadre/cadre-change.resolver.ts';
import { cadreRecords } from './cadre/cadre-record.ts';
import { cadreTable } from './cadre/cadre.table.ts';
import {
  CadreResolver,
  OrganizationStaffResolver,
  PostResolver,
  StatusPeriodResolver,
} from './cadre/cadre.resolver.ts';
import { consumers } from './consumers.ts';
import { Departure } from './departure/departure.entity.ts';
import { DepartureResolver } from './departure/departure.resolver.ts';
import { OrganizationStub } from './directory/organization-stub.ts';
import { GrassrootsExperience } from './grassroots/grassroots-experience.entity.ts';
import { CadreExperienceResolver, GrassrootsResolver } from './grassroots/grassroots.resolver.ts';
import { Liaison } from './liaison/liaison.entity.ts';
import { LiaisonResolver } from './liaison/liaison.resolver.ts';
import { CareersAndContacts } from './migrations/careers-and-contacts.ts';
import { PersonnelTables } from './migrations/personnel-tables.ts';
import { personnelImports } from './personnel.imports.ts';
import { Departures } from './migrations/departures.ts';
import { OrganizationHeirs } from './migrations/organization-heirs.ts';
import { PublicRepresentative } from './representative/public-representative.entity.ts';
import { CadreTermsResolver, PublicRepresentativeResolver } from './representative/public-representative.resolver.ts';
import { representativeRecords } from './representative/public-representative.queries.ts';
import { cancelRotationsToday } from './rotation/rotation.commands.ts';
import { Rotation } from './rotation/rotation.entity.ts';
import { CadreRotationsResolver, RotationResolver } from './rotation/rotation.resolver.ts';

import { OrganizationHeir } from './succession/organization-heir.entity.ts';
import { PostGapResolver } from './succession/post-gaps.resolver.ts';
import { followSuccessionsToday } from './succession/succession.commands.ts';

/** Who serves: cadres with their posts, ranks, status and experience, rotations, liaisons, absences, representatives, accounts. */
export const personnel: Manifest = {
  name: 'personnel',
  entities: [
    Absence,
    Account,
    Cadre,
    Departure,
    GrassrootsExperience,
    Liaison,
    Membership,
    OrganizationHeir,
    Post,
    PublicRepresentative,
    RankPeriod,
    Rotation,
    StatusPeriod,
  ],
  resolvers: [
    AbsenceResolver,
    CadreAbsenceResolver,
    CadreChangeResolver,
    CadreExperienceResolver,
    CadreResolver,
    CadreRotationsResolver,
    CadreTermsResolver,
    DepartureResolver,
    GrassrootsResolver,
    LiaisonResolver,
    OrganizationStaffResolver,
    PostGapResolver,
    PostResolver,
    PublicRepresentativeResolver,
    RotationResolver,
    StatusPeriodResolver,
    ViewerResolver,
  ],
  references: {
    Cadre: (ctx, key) => byId(ctx, Cadre, key['id']),
    Organization: (_ctx, key) => OrganizationStub.of(key['id'] as string),
    PublicRepresentative: (ctx, key) => byId(ctx, PublicRepresentative, key['id']),
    Rotation: (ctx, key) => byId(ctx, Rotation, key['id']),
  },
  migrations: [PersonnelTables, CareersAndContacts, OrganizationHeirs, Departures],
  migrationsPath: join(import.meta.dirname, 'migrations'),
  imports: personnelImports,
  tables: [cadreTable],
  consumers,
  daily: async (ctx) => ({ ...(await followSuccessionsToday(ctx)), rotations: await cancelRotationsToday(ctx) }),
  copies: [organizationRecord, contactAssignmentRecord, contactSchemeRecord],
  snapshots: [
    { record: cadreRecord, entity: Cadre, read: cadreRecords },
    { record: publicRepresentativeRecord, entity: PublicRepresentative, read: representativeRecords },
  ],
  identity: identityOf,
};
