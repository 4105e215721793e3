import { Arg, Args, Ctx as Context, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { roles, SIGNED_IN } from '@frontline/access';
import { nthWeekOf, type NthWeekReading as Reading } from '@frontline/calendar';
import {
  Access,
  batched,
  byId,
  connect,
  LocalDate,
  manyBy,
  PageArgs,
  sql,
  type Connection,
  type Ctx,
} from '@frontline/platform';
import {
  type ContactAssignment,
  ContactAssignmentConnection,
} from '../contact-assignment/contact-assignment.entity.ts';
import { AssignmentsOnArgs } from '../contact-assignment/contact-assignment.inputs.ts';
import { assignmentsOfScheme } from '../contact-assignment/contact-assignment.queries.ts';
import { heirsOf } from '../organization/organization-heirs.ts';
import { Organization } from '../organization/organization.entity.ts';
import { createContactScheme, retireContactScheme, reviseContactScheme } from './contact-scheme.commands.ts';
import {
  ContactScheme,
  ContactSchemeConnection,
  ContactSchemeVersion,
  DutyRule,
  NthWeekReading,
  SchemeContactorRule,
} from './contact-scheme.entity.ts';
import { heirOn } from './rule-heirs.ts';
import {
  CreateContactSchemeInput,
  RetireContactSchemeInput,
  ReviseContactSchemeInput,
} from './contact-scheme.inputs.ts';

const onDay = { nullable: true, description: '日期 · As the scheme was on this day; today when absent.' } as const;

/** The version of a scheme that holds on a day; the first one for a day before the scheme began. */
async function versionOn(ctx: Ctx, schemeId: string, day: string): Promise<ContactSchemeVersion | undefined> {
  const versions = await manyBy(ctx, ContactSchemeVersion, 'schemeId', schemeId, { order: [['t.valid_from', 'desc']] });
  return versions.find((version) => version.holdsOn(day)) ?? versions.at(-1);
}

@Resolver(() => ContactScheme)
export class ContactSchemeResolver {
  @Query(() => ContactSchemeConnection, {
    nullable: true,
    description: '联系制度列表 · Every contact scheme, by code.',
  })
  @Access(SIGNED_IN)
  contactSchemes(@Context() ctx: Ctx, @Args(() => PageArgs) page: PageArgs): Promise<Connection<ContactScheme>> {
    return connect(ctx, ContactScheme, page, { order: [['t.code', 'asc']] });
  }

  @Query(() => ContactScheme, {
    nullable: true,
    description: '联系制度 · One scheme by its code; null when there is none.',
  })
  @Access(SIGNED_IN)
  async contactScheme(
    @Context() ctx: Ctx,
    @Arg('code', () => String, { description: '代码 · Code.' }) code: string,
  ): Promise<ContactScheme | undefined> {
    return (await connect(ctx, ContactScheme, { first: 1 }, { where: [sql`t.code = ${code}`] })).nodes[0];
  }

  @Mutation(() => ContactScheme, { description: '新建联系制度 · Creates a scheme with its first version.' })
  @Access(roles('FRONTLINE_OFFICE'))
  createContactScheme(
    @Context() ctx: Ctx,
    @Arg('input', () => CreateContactSchemeInput, { description: '输入 · The scheme.' })
    input: CreateContactSchemeInput,
  ): Promise<ContactScheme> {
    return createContactScheme(ctx, input);
  }

  @Mutation(() => ContactScheme, {
    description: '修订联系制度 · Lets a scheme say something else from a day on; duties that have begun stay.',
  })
  @Access(roles('FRONTLINE_OFFICE'))
  reviseContactScheme(
    @Context() ctx: Ctx,
    @Arg('input', () => ReviseContactSchemeInput, { description: '输入 · What, from when.' })
    input: ReviseContactSchemeInput,
  ): Promise<ContactScheme> {
    return reviseContactScheme(ctx, input);
  }

  @Mutation(() => ContactScheme, { description: '终止联系制度 · Ends a scheme; duties that have begun stay.' })
  @Access(roles('FRONTLINE_OFFICE'))
  retireContactScheme(
    @Context() ctx: Ctx,
    @Arg('input', () => RetireContactSchemeInput, { description: '输入 · Which, from when.' })
    input: RetireContactSchemeInput,
  ): Promise<ContactScheme> {
    return retireContactScheme(ctx, input);
  }

  @FieldResolver(() => [ContactSchemeVersion], { description: '版本 · Every version, latest first.' })
  versions(@Root() { id }: ContactScheme, @Context() ctx: Ctx): Promise<ContactSchemeVersion[]> {
    return manyBy(ctx, ContactSchemeVersion, 'schemeId', id, { order: [['t.valid_from', 'desc']] });
  }

  @FieldResolver(() => [DutyRule], { description: '联系任务规则 · What the scheme asks of each assignment on a day.' })
  async duties(
    @Root() { id }: ContactScheme,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, onDay) on?: string,
  ): Promise<DutyRule[]> {
    return (await versionOn(ctx, id, on ?? ctx.today()))?.duties ?? [];
  }

  @FieldResolver(() => ContactAssignmentConnection, {
    nullable: true,
    description: '定点联系 · Assignments under the scheme on a day.',
  })
  assignments(
    @Root() { id }: ContactScheme,
    @Context() ctx: Ctx,
    @Args(() => AssignmentsOnArgs) args: AssignmentsOnArgs,
  ): Promise<Connection<ContactAssignment>> {
    return assignmentsOfScheme(ctx, id, args);
  }
}

/** Whoever goes on for these organizations on a day, by their ids. */
async function heirsOfDay(ctx: Ctx, ids: readonly string[], day: string): Promise<Map<string, string>> {
  const heirs = await heirsOf(ctx, ids);
  return new Map(ids.map((id) => [id, heirOn(id, heirs, day)]));
}

@Resolver(() => SchemeContactorRule)
export class SchemeContactorRuleResolver {
  @FieldResolver(() => [Organization], {
    nullable: true,
    description:
      '特定单位 · Particular organizations: the contactor, or where the cadre has a post; from the day on which one is taken over, whoever goes on for it; null for any.',
  })
  async organizations(
    @Root() { organizationIds }: SchemeContactorRule,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · Of this day; today when absent.' })
    on?: string,
  ): Promise<Organization[] | null> {
    if (!organizationIds) return null;
    const day = on ?? ctx.today();
    const named = await Promise.all(
      organizationIds.map(
        async (id) => (await batched(ctx, `heir:${day}`, id, (ids) => heirsOfDay(ctx, ids, day))) ?? id,
      ),
    );
    const found = await Promise.all([...new Set(named)].map((id) => byId(ctx, Organization, id)));
    return found.filter((each) => each !== undefined);
  }
}

@Resolver(() => DutyRule)
export class DutyRuleResolver {
  @FieldResolver(() => Int, { description: '次数 · How often in each window.' })
  times(@Root() { times = 1 }: DutyRule): number {
    return times;
  }

  @FieldResolver(() => NthWeekReading, {
    nullable: true,
    description: '周次读法 · How a rule for a weekday of the n-th week reads these words; null for other rules.',
  })
  weekReading(@Root() { recurrence }: DutyRule): Reading | undefined {
    return nthWeekOf(recurrence)?.reading;
  }
}
