import { Arg, Args, Ctx as Context, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { maskAddress, maskName, maskPhone } from '@frontline/access';
import { Access, byId, LocalDate, type Connection, type Ctx } from '@frontline/platform';
import { areaOn } from '../area-succession/area-on.ts';
import { CadreStub } from '../directory/cadre-stub.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';
import { Grid } from '../grid/grid.entity.ts';
import { oneByIdOrCode } from '../one-by-code.ts';
import { OnDayArgs } from '../service-team/service-team.inputs.ts';
import { READS_HOUSEHOLDS } from './household-access.ts';
import { HardshipCertificate, Household, HouseholdConnection, Resident } from './household.entity.ts';
import { HouseholdsArgs } from './household.inputs.ts';
import {
  hardshipsOf,
  households,
  householdsAssistedBy,
  householdsIn,
  householdsOfGrid,
  residentsOf,
} from './household.queries.ts';
import { disclosed, seesPersonalData, type PersonalDataOf } from './unmasked-read.ts';

const of = ({ id, residentialAreaId }: Household): PersonalDataOf => ({ householdId: id, residentialAreaId });

@Resolver(() => Household)
export class HouseholdResolver {
  @Query(() => HouseholdConnection, {
    nullable: true,
    description: '家庭列表 · Households that the caller may see, by role and place.',
  })
  @Access(READS_HOUSEHOLDS)
  households(@Context() ctx: Ctx, @Args(() => HouseholdsArgs) args: HouseholdsArgs): Promise<Connection<Household>> {
    return households(ctx, args);
  }

  @Query(() => Household, {
    nullable: true,
    description: '家庭 · One household, by id or by code; null when there is none that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  household(
    @Context() ctx: Ctx,
    @Arg('id', () => ID, { nullable: true, description: '标识 · Id.' }) id?: string,
    @Arg('code', () => String, { nullable: true, description: '编码 · Code.' }) code?: string,
  ): Promise<Household | undefined> {
    return oneByIdOrCode(ctx, Household, id, code);
  }

  @FieldResolver(() => Boolean, {
    description: '是否隐去 · Whether personal data of this household is masked for the caller.',
  })
  async masked(@Root() household: Household, @Context() ctx: Ctx): Promise<boolean> {
    return !(await seesPersonalData(ctx, of(household)));
  }

  @FieldResolver(() => String, { name: 'address', description: '地址 · Address; without its numbers when masked.' })
  address(@Root() household: Household, @Context() ctx: Ctx): Promise<string> {
    return disclosed(ctx, of(household), household.address, maskAddress(household.address));
  }

  @FieldResolver(() => OrganizationStub, { nullable: true, description: '居民区 · Residential area.' })
  residentialArea(
    @Root() household: Household,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day asked about; now when absent.' })
    on?: string,
  ): Promise<OrganizationStub> {
    return areaOn(ctx, household, on);
  }

  @FieldResolver(() => Grid, { nullable: true, description: '责任网格 · The grid that the address is in.' })
  grid(@Root() household: Household, @Context() ctx: Ctx): Promise<Grid | undefined> {
    return byId(ctx, Grid, household.gridId);
  }

  @FieldResolver(() => [Resident], { description: '居民 · Who lives here, the head first.' })
  residents(@Root() household: Household, @Context() ctx: Ctx): Promise<Resident[]> {
    return residentsOf(ctx, household.id);
  }

  @FieldResolver(() => Resident, { nullable: true, description: '户主 · The head of the household.' })
  async head(@Root() household: Household, @Context() ctx: Ctx): Promise<Resident | undefined> {
    return (await residentsOf(ctx, household.id)).find(({ isHead }) => isHead);
  }

  @FieldResolver(() => [HardshipCertificate], {
    description: '困难认定 · Certificates of hardship that hold on a day.',
  })
  async hardships(
    @Root() household: Household,
    @Context() ctx: Ctx,
    @Arg('on', () => LocalDate, { nullable: true, description: '日期 · The day asked about; today when absent.' })
    on?: string,
  ): Promise<HardshipCertificate[]> {
    const day = on ?? ctx.today();
    return (await hardshipsOf(ctx, household.id)).filter((certificate) => certificate.holdsOn(day));
  }

  @FieldResolver(() => [HardshipCertificate], {
    description: '困难认定历史 · Every certificate of hardship, latest first.',
  })
  hardshipHistory(@Root() household: Household, @Context() ctx: Ctx): Promise<HardshipCertificate[]> {
    return hardshipsOf(ctx, household.id);
  }
}

/** The household that a resident or certificate belongs to; the rights to it decide. */
async function householdOf(ctx: Ctx, householdId: string): Promise<PersonalDataOf> {
  const household = await byId(ctx, Household, householdId);
  return { householdId, residentialAreaId: household?.residentialAreaId ?? '' };
}

@Resolver(() => Resident)
export class ResidentResolver {
  @FieldResolver(() => String, { name: 'name', description: '姓名 · Name; only its first characters when masked.' })
  async name(@Root() { householdId, name }: Resident, @Context() ctx: Ctx): Promise<string> {
    return disclosed(ctx, await householdOf(ctx, householdId), name, maskName(name));
  }

  @FieldResolver(() => String, {
    name: 'phone',
    nullable: true,
    description: '电话 · Phone number, if known; only its last digits when masked.',
  })
  async phone(@Root() { householdId, phone }: Resident, @Context() ctx: Ctx): Promise<string | undefined> {
    if (!phone) return undefined;
    return disclosed(ctx, await householdOf(ctx, householdId), phone, maskPhone(phone));
  }

  @FieldResolver(() => Int, {
    name: 'birthYear',
    nullable: true,
    description: '出生年份 · Year of birth; null when masked.',
  })
  async birthYear(@Root() { householdId, birthYear }: Resident, @Context() ctx: Ctx): Promise<number | undefined> {
    return disclosed<number | undefined>(ctx, await householdOf(ctx, householdId), birthYear, undefined);
  }
}

@Resolver(() => HardshipCertificate)
export class HardshipCertificateResolver {
  @FieldResolver(() => String, {
    name: 'evidence',
    nullable: true,
    description: '依据 · What the authority relied on; null when masked, since it may speak of health.',
  })
  async evidence(
    @Root() { householdId, evidence }: HardshipCertificate,
    @Context() ctx: Ctx,
  ): Promise<string | undefined> {
    return disclosed<string | undefined>(ctx, await householdOf(ctx, householdId), evidence, undefined);
  }
}

@Resolver(() => Grid)
export class GridHouseholdsResolver {
  @FieldResolver(() => HouseholdConnection, {
    nullable: true,
    description: '家庭 · Households in this grid that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  households(
    @Root() grid: Grid,
    @Context() ctx: Ctx,
    @Args(() => HouseholdsArgs) args: HouseholdsArgs,
  ): Promise<Connection<Household>> {
    return householdsOfGrid(ctx, grid.id, args);
  }
}

@Resolver(() => OrganizationStub)
export class OrganizationHouseholdsResolver {
  @FieldResolver(() => HouseholdConnection, {
    nullable: true,
    description: '家庭 · Households anywhere in this organization’s area that the caller may see.',
  })
  @Access(READS_HOUSEHOLDS)
  households(
    @Root() organization: OrganizationStub,
    @Context() ctx: Ctx,
    @Args(() => HouseholdsArgs) args: HouseholdsArgs,
  ): Promise<Connection<Household>> {
    return householdsIn(ctx, organization.id, args);
  }
}

@Resolver(() => CadreStub)
export class CadreHouseholdsResolver {
  @FieldResolver(() => HouseholdConnection, {
    nullable: true,
    description: '结对帮扶家庭 · Households that this cadre assists on a day.',
  })
  @Access(READS_HOUSEHOLDS)
  assistedHouseholds(
    @Root() cadre: CadreStub,
    @Context() ctx: Ctx,
    @Args(() => OnDayArgs) args: OnDayArgs,
  ): Promise<Connection<Household>> {
    return householdsAssistedBy(ctx, cadre.id, args, args.on ?? ctx.today());
  }
}
