import type { PlatformUnderTest } from '@frontline/testing';

/** How many of those who should, and how many of those do. */
interface CoverageCount {
  eligible: number;
  covered: number;
}

/** What a contact scheme asks for, how often, and whom it reaches on the day. */
interface SchemeFigures {
  coverage: { contactors: CoverageCount; targets: CoverageCount };
  duties: { activity: string; recurrence: string }[];
}

interface Count {
  totalCount: number;
}

/** The figures that the article gives of its district, as any district would answer them on a day. */
export interface DistrictFigures {
  /** Division-level cadres and newly recruited young office cadres, and how many of them never served at the grassroots. */
  grassroots: { population: number; without: number; shareWithout: number };
  subdistrictsAndTowns: Count & { nodes: { code: string }[] };
  residentialAreas: Count;
  /** Community and two-new branches that are paired. */
  pairedBranches: Count;
  bureau: SchemeFigures;
  division: SchemeFigures;
  partyDialogue: SchemeFigures;
  governmentDialogue: SchemeFigures;
  hardship: Count;
  assistedHardship: Count;
  assistance: { cadres: CoverageCount; households: CoverageCount };
  grids: Count;
  teams: Count;
  /** Persons, each once however many teams they are in. */
  participants: Count;
  delegates: Count;
}

const QUESTIONS = /* GraphQL */ `
  query DistrictFigures($day: Date!, $experienceOn: Date!) {
    grassroots: grassrootsExperience(asOf: $experienceOn) {
      population
      without
      shareWithout
    }
    subdistrictsAndTowns: organizations(first: 100, filter: { activeOn: $day, kinds: [TOWN, SUBDISTRICT] }) {
      totalCount
      nodes {
        code
      }
    }
    residentialAreas: organizations(first: 1, filter: { activeOn: $day, kinds: [RESIDENTIAL_AREA] }) {
      totalCount
    }
    pairedBranches: organizations(
      first: 1
      filter: { pairedOn: $day, kinds: [PARTY_BRANCH], sectors: [TWO_NEW, COMMUNITY] }
    ) {
      totalCount
    }
    bureau: contactScheme(code: "bureau-subdistrict") {
      ...scheme
    }
    division: contactScheme(code: "division-residential-area") {
      ...scheme
    }
    partyDialogue: contactScheme(code: "dialogue-party") {
      ...scheme
    }
    governmentDialogue: contactScheme(code: "dialogue-government") {
      ...scheme
    }
    hardship: households(first: 1, filter: { hardshipOn: $day }) {
      totalCount
    }
    assistedHardship: households(first: 1, filter: { hardshipOn: $day, assistedOn: $day }) {
      totalCount
    }
    assistance: assistanceCoverage(asOf: $day) {
      cadres {
        eligible
        covered
      }
      households {
        eligible
        covered
      }
    }
    grids(first: 1, filter: { activeOn: $day, layer: "responsibility" }) {
      totalCount
    }
    teams: serviceTeams(first: 1, filter: { activeOn: $day }) {
      totalCount
    }
    participants: serviceTeamParticipants(first: 1, filter: { activeOn: $day }) {
      totalCount
    }
    delegates: publicRepresentatives(first: 1, filter: { activeOn: $day, kinds: [PARTY_DELEGATE] }) {
      totalCount
    }
  }

  fragment scheme on ContactScheme {
    coverage(asOf: $day) {
      contactors {
        eligible
        covered
      }
      targets {
        eligible
        covered
      }
    }
    duties {
      activity
      recurrence
    }
  }
`;

const LIAISONS = /* GraphQL */ `
  query Liaisons($after: String) {
    contactScheme(code: "division-residential-area") {
      assignments(first: 100, after: $after) {
        nodes {
          liaisons {
            id
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

interface AssignmentsPage {
  contactScheme: {
    assignments: {
      nodes: { liaisons: { id: string }[] }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}

/** Asks a district for its figures, as the Frontline Office does. Nothing in these questions belongs to one district. */
export function figuresOf(
  platform: PlatformUnderTest,
  days: { day: string; experienceOn: string },
): Promise<DistrictFigures> {
  return platform.ask<DistrictFigures>('FRONTLINE_OFFICE', QUESTIONS, days);
}

/** How many liaisons each division-level cadre's assignment has, all of them, page by page. */
export async function liaisonsPerAssignment(platform: PlatformUnderTest): Promise<number[]> {
  const counts: number[] = [];
  for (let after: string | null | undefined = null; after !== undefined;) {
    const page: AssignmentsPage = await platform.ask('FRONTLINE_OFFICE', LIAISONS, { after });
    const { nodes, pageInfo } = page.contactScheme.assignments;
    counts.push(...nodes.map(({ liaisons }) => liaisons.length));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  }
  return counts;
}

const RECEPTIONS = /* GraphQL */ `
  query Receptions($from: Date!, $to: Date!, $kinds: [ReceptionKind!]!, $after: String) {
    receptionDays(first: 100, after: $after, filter: { from: $from, to: $to, kinds: $kinds }) {
      nodes {
        date
        venue {
          kind
        }
        subdistrict {
          code
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** A reception: when, at what kind of place, and for which subdistrict or town. */
interface Reception {
  date: string;
  venue: { kind: string };
  subdistrict: { code: string };
}

interface ReceptionsPage {
  receptionDays: { nodes: Reception[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** Receptions of a kind from a day to a day, both included, page by page. */
export async function receptionsOf(
  platform: PlatformUnderTest,
  which: { from: string; to: string; kinds: ('MONTHLY' | 'CONCENTRATED')[] },
): Promise<Reception[]> {
  const found: Reception[] = [];
  for (let after: string | null | undefined = null; after !== undefined;) {
    const page: ReceptionsPage = await platform.ask('FRONTLINE_OFFICE', RECEPTIONS, { ...which, after });
    const { nodes, pageInfo } = page.receptionDays;
    found.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  }
  return found;
}
