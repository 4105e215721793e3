import type { Day } from '../days.ts';
import type { Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { ImportLine, Period } from '../output/import-line.ts';
import type { OrganizationKind } from '../organizations/organization.ts';
import { inventedName, type Sex } from './invented-name.ts';

export type Rank = 'BUREAU' | 'DIVISION' | 'SECTION' | 'STAFF';

/** A cadre as the import reads it. */
export interface CadreLine extends ImportLine {
  type: 'cadre';
  staffNumber: string;
  name: string;
  sex: Sex;
  bornOn: Day;
  recruitedOn: Day;
  status: 'ACTIVE' | 'POSTED_AWAY' | 'ON_LEAVE' | 'RETIRED' | 'DEPARTED';
  statusSince: Day;
  ranks: ({ rank: Rank } & Period)[];
  posts: ({ organizationId: string; title: string } & Period)[];
  partyMembership: ({ kind: 'PARTY' | 'LEAGUE' } & Period)[];
}

/** A cadre, with what the rest of the generator asks about them on the day of the figures. */
export interface Cadre {
  line: CadreLine;
  rank: Rank;
  organizationCode: string;
  organizationKind: OrganizationKind;
  isPartyMember: boolean;
  /** Still in service on the day of the figures. */
  isServing: boolean;
}

/** A career in dates: since when each rank was held, and what ended it. */
export interface Career {
  bornOn: Day;
  recruitedOn: Day;
  /** Ranks above STAFF, in order. */
  promotions: { rank: Exclude<Rank, 'STAFF'>; from: Day }[];
  left?: { status: 'RETIRED' | 'DEPARTED'; on: Day };
  /** An earlier post, until a day. */
  before?: { organizationCode: string; until: Day };
}

const titles: Record<Rank, string> = { BUREAU: '区级领导', DIVISION: '处级干部', SECTION: '科长', STAFF: '科员' };

/** Makes the nth cadre of a district from a career. */
export function cadreOf(
  prefix: string,
  nth: number,
  random: Dice,
  post: { code: string; kind: OrganizationKind },
  career: Career,
  membership: 'PARTY' | 'LEAGUE' | 'NONE',
): Cadre {
  const staffNumber = `${prefix}${String(nth).padStart(5, '0')}`;
  const sex: Sex = random.chance(0.45) ? 'FEMALE' : 'MALE';
  const end = career.left ? { until: career.left.on } : {};
  const steps = [{ rank: 'STAFF' as Rank, from: career.recruitedOn }, ...career.promotions];
  const rank = (steps.at(-1) as (typeof steps)[number]).rank;
  const ranks = steps.map((step, at) => {
    const next = steps[at + 1];
    return { ...step, ...(next ? { until: next.from } : end) };
  });
  const { before } = career;
  const places = [
    ...(before ? [{ code: before.organizationCode, from: career.recruitedOn, until: before.until }] : []),
    { code: post.code, from: before?.until ?? career.recruitedOn, ...end },
  ];
  return {
    rank,
    organizationCode: post.code,
    organizationKind: post.kind,
    isPartyMember: membership === 'PARTY',
    isServing: !career.left,
    line: {
      type: 'cadre',
      id: idOf('cadre', staffNumber),
      staffNumber,
      name: inventedName(random, sex),
      sex,
      bornOn: career.bornOn,
      recruitedOn: career.recruitedOn,
      status: career.left?.status ?? 'ACTIVE',
      statusSince: career.left?.on ?? career.recruitedOn,
      ranks,
      posts: postsOf(places, ranks),
      partyMembership: membership === 'NONE' ? [] : [{ kind: membership, from: career.recruitedOn }],
    },
  };
}

/** A post for each rank at each place: the title is the one of then. */
function postsOf(places: readonly ({ code: string } & Period)[], ranks: readonly ({ rank: Rank } & Period)[]) {
  return places.flatMap(({ code, ...there }) =>
    ranks.flatMap(({ rank, ...held }) => {
      const from = there.from > held.from ? there.from : held.from;
      const until = [there.until, held.until].filter((day) => day !== undefined).sort()[0];
      if (until !== undefined && until <= from) return [];
      return { organizationId: organizationId(code), title: titles[rank], from, ...(until && { until }) };
    }),
  );
}
