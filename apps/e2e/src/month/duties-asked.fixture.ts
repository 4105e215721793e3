import type { PlatformUnderTest } from '@frontline/testing';

/** A duty as the Frontline Office sees it. */
export interface SeenDuty {
  id: string;
  scheme: string;
  dutyCode: string;
  activity: string;
  owedUnder: 'ASSIGNMENT' | 'ASSISTANCE' | 'TELL_BACK';
  windowStart: string;
  windowEnd: string;
  state: string;
  contactor: { cadre: { id: string } | null; organization: { id: string } | null } | null;
  substitute: { id: string } | null;
  place: { id: string; code: string } | null;
  household: { id: string } | null;
  /** Where a patch is contacted, any of its areas will do. */
  assignment: { id: string; patch: { areas: { id: string }[] } | null } | null;
}

const DUTIES = `query ($first: Date!, $last: Date!, $after: String) {
  duties(first: 100, after: $after, filter: { from: $first, to: $last }) {
    totalCount
    nodes {
      id scheme dutyCode activity owedUnder windowStart windowEnd state
      contactor { cadre { id } organization { id } } substitute { id } place { id code } household { id } assignment { id patch { areas { id } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface DutyPage {
  duties: { totalCount: number; nodes: SeenDuty[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** Every duty whose window begins in these days, page by page through the gateway. */
export async function dutiesBegun(platform: PlatformUnderTest, first: string, last: string): Promise<SeenDuty[]> {
  const found: SeenDuty[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { duties }: DutyPage = await platform.ask<DutyPage>('FRONTLINE_OFFICE', DUTIES, { first, last, after });
    found.push(...duties.nodes);
    ({ hasNextPage: more, endCursor: after } = duties.pageInfo);
    if (!more) expect(found).toHaveLength(duties.totalCount);
  }
  return found;
}
