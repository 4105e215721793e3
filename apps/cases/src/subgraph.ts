import { join } from 'node:path';
import { cadreRecord, caseCategoryRecord, caseRecord, organizationRecord } from '@frontline/events';
import { byId, copyFollower, sql, toEntities, type Ctx, type Manifest } from '@frontline/platform';
import { Callback } from './callback/callback.entity.ts';
import { CallbackResolver, CaseCallbacksResolver } from './callback/callback.resolver.ts';
import { followHolders, releaseCasesToday } from './case/case.commands.ts';
import { Case, CaseMove } from './case/case.entity.ts';
import {
  CadreCasesResolver,
  CaseMoveResolver,
  CaseResolver,
  DemandCaseResolver,
  HouseholdCasesResolver,
  OrganizationCasesResolver,
} from './case/case.resolver.ts';
import { casesImports } from './cases.imports.ts';
import { CaseCategory } from './category/case-category.entity.ts';
import { consumers } from './consumers.ts';
import { CadreStub, DemandStub, HouseholdStub, OrganizationStub, stub } from './directory/foreign-types.ts';
import { Callbacks } from './migrations/callbacks.ts';
import { CasesTables } from './migrations/cases-tables.ts';
import { HoldersWhoLeft } from './migrations/holders-who-left.ts';
import { PassedOnMoves } from './migrations/passed-on-moves.ts';

/** Cases: demands that must be answered, with their clocks and their history. */
export const cases: Manifest = {
  name: 'cases',
  entities: [Callback, Case, CaseCategory, CaseMove],
  resolvers: [
    CadreCasesResolver,
    CallbackResolver,
    CaseCallbacksResolver,
    CaseMoveResolver,
    CaseResolver,
    DemandCaseResolver,
    HouseholdCasesResolver,
    OrganizationCasesResolver,
  ],
  references: {
    Callback: (ctx, key) => byId(ctx, Callback, key['id']),
    Cadre: (_ctx, key) => stub(CadreStub, key['id'] as string),
    Case: (ctx, key) => byId(ctx, Case, key['id']),
    Demand: (_ctx, key) => stub(DemandStub, key['id'] as string),
    Household: (_ctx, key) => stub(HouseholdStub, key['id'] as string),
    Organization: (_ctx, key) => stub(OrganizationStub, key['id'] as string),
  },
  migrations: [CasesTables, Callbacks, PassedOnMoves, HoldersWhoLeft],
  migrationsPath: join(import.meta.dirname, 'migrations'),
  imports: casesImports,
  consumers,
  daily: async (ctx) => ({ holders: await releaseCasesToday(ctx) }),
  copies: [organizationRecord, cadreRecord],
  copyFollowers: [copyFollower(cadreRecord, followHolders)],
  snapshots: [
    { record: caseRecord, entity: Case, read: caseRecords },
    { record: caseCategoryRecord, entity: CaseCategory, read: categoryRecords },
  ],
};

async function categoryRecords(ctx: Ctx, ids: readonly string[]) {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from case_category where id = any(${[...ids]}::uuid[])`.execute(ctx.em.getKysely());
  return toEntities(ctx.em, CaseCategory, rows).map((each) => each.record());
}

async function caseRecords(ctx: Ctx, ids: readonly string[]) {
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from case_file where id = any(${[...ids]}::uuid[]) and not sensitive`.execute(ctx.em.getKysely());
  return toEntities(ctx.em, Case, rows).map((each) => each.record());
}
