import { join } from 'node:path';
import { cadreRecord, organizationRecord } from '@frontline/events';
import { byId, type Manifest } from '@frontline/platform';
import { Account } from './account/account.entity.ts';
import { identityOf } from './account/identity.ts';
import { ViewerResolver } from './account/viewer.resolver.ts';
import { Cadre, Liaison, Membership, Post, RankPeriod } from './cadre/cadre.entity.ts';
import { cadreRecords } from './cadre/cadre-record.ts';
import { CadreResolver, OrganizationStaffResolver, PostResolver } from './cadre/cadre.resolver.ts';
import { OrganizationStub } from './directory/organization-stub.ts';
import { GrassrootsExperience } from './grassroots/grassroots-experience.entity.ts';
import { CadreExperienceResolver, GrassrootsResolver } from './grassroots/grassroots.resolver.ts';
import { PersonnelTables } from './migrations/personnel-tables.ts';
import { personnelImports } from './personnel.imports.ts';
import { PublicRepresentative } from './representative/public-representative.entity.ts';
import { PublicRepresentativeResolver } from './representative/public-representative.resolver.ts';

/** Who serves: cadres with their posts, ranks and experience, liaisons, public representatives, and accounts. */
export const personnel: Manifest = {
  name: 'personnel',
  entities: [Account, Cadre, GrassrootsExperience, Liaison, Membership, Post, PublicRepresentative, RankPeriod],
  resolvers: [
    CadreResolver,
    CadreExperienceResolver,
    GrassrootsResolver,
    OrganizationStaffResolver,
    PostResolver,
    PublicRepresentativeResolver,
    ViewerResolver,
  ],
  references: {
    Cadre: (ctx, key) => byId(ctx, Cadre, key['id']),
    Organization: (_ctx, key) => OrganizationStub.of(key['id'] as string),
    PublicRepresentative: (ctx, key) => byId(ctx, PublicRepresentative, key['id']),
  },
  migrations: [PersonnelTables],
  migrationsPath: join(import.meta.dirname, 'migrations'),
  imports: personnelImports,
  copies: [organizationRecord],
  snapshots: [{ record: cadreRecord, entity: Cadre, read: cadreRecords }],
  identity: identityOf,
};
