import { Ctx as Context, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { PUBLIC, SIGNED_IN, ROLES, type Grant, type Role } from '@frontline/access';
import { Access, byId, domainEnum, type Ctx } from '@frontline/platform';
import { Cadre } from '../cadre/cadre.entity.ts';
import { OrganizationStub } from '../directory/organization-stub.ts';

const names: Record<Role, [zh: string, en: string]> = {
  GRID_WORKER: ['网格工作者', 'Grid worker'],
  CADRE: ['干部', 'Cadre'],
  SUBDISTRICT: ['街镇', 'Subdistrict or town'],
  DEPARTMENT: ['职能部门', 'Department'],
  DISPATCH_CENTRE: ['派单中心', 'Dispatch centre'],
  FRONTLINE_OFFICE: ['一线办', 'Frontline Office'],
  INSPECTION: ['督查', 'Inspection'],
  ORG_DEPARTMENT: ['组织部', 'Organization Department'],
  LEADER: ['区领导', 'District leader'],
  AUDITOR: ['审计', 'Auditor'],
  PARTNER: ['合作系统', 'Integration partner'],
  ADMIN: ['系统管理员', 'Administrator'],
};

export const RoleEnum = domainEnum(
  'Role',
  '角色',
  'What somebody may do; together with the place where they may do it.',
  Object.fromEntries(ROLES.map((role) => [role, { zh: names[role][0], en: names[role][1] }])),
);

@ObjectType({ description: '授权 · A role and the organization within which it holds.' })
@Access(SIGNED_IN)
export class ViewerGrant {
  @Field(() => RoleEnum, { description: '角色 · The role.' })
  role!: Role;

  @Field(() => OrganizationStub, { nullable: true, description: '范围 · Where it holds; null for the whole district.' })
  organization?: OrganizationStub;
}

@ObjectType({ description: '当前用户 · Who is asking, as this deployment knows them.' })
@Access(SIGNED_IN)
export class Viewer {
  grants!: readonly Grant[];
  cadreId?: string;

  @Field({ description: '主体 · The subject the token issuer gave.' })
  sub!: string;

  @Field(() => [RoleEnum], { description: '角色 · Every role held, anywhere.' })
  get roles(): Role[] {
    return [...new Set(this.grants.map(({ role }) => role))];
  }

  @Field(() => [ViewerGrant], { description: '授权 · Roles with the places where they hold.' })
  get places(): ViewerGrant[] {
    return this.grants.map(({ role, place }) => ({ role, ...(place && { organization: OrganizationStub.of(place) }) }));
  }
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: '当前用户 · Who is asking; null without a token.' })
  @Access(PUBLIC)
  viewer(@Context() { actor }: Ctx): Viewer | undefined {
    if (actor.kind !== 'person') return undefined;
    return Object.assign(new Viewer(), {
      sub: actor.sub,
      grants: actor.grants,
      ...(actor.cadreId && { cadreId: actor.cadreId }),
    });
  }

  @FieldResolver(() => Cadre, {
    nullable: true,
    description: '干部 · The cadre who is asking, if the account is one’s.',
  })
  cadre(@Root() viewer: Viewer, @Context() ctx: Ctx): Promise<Cadre | undefined> {
    return byId(ctx, Cadre, viewer.cadreId);
  }
}
