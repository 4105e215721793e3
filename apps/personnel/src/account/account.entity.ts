import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Aggregate, type Ctx, type Visibility } from '@frontline/platform';

/** A role, and the organization within which it holds; without one it holds in the whole district. */
export interface AccountGrant {
  role: string;
  place?: string;
}

/** Whom a subject of the token issuer is here: the cadre they are, and what they may do. */
@Entity()
export class Account extends Aggregate {
  /** The issuer's `sub`. */
  @Property({ unique: true })
  sub!: string;

  /** What the account is for, in words; never a person's name. */
  @Property()
  label!: string;

  @Property({ type: 'uuid', nullable: true })
  cadreId?: string | null;

  @Property({ type: 'jsonb' })
  grants!: AccountGrant[];

  /** Accounts are looked up by the gateway alone, and are not in the graph. */
  static visibleTo(ctx: Ctx): Visibility {
    return ctx.actor.kind === 'system' ? 'ALL' : 'NONE';
  }
}
