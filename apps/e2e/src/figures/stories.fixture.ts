import { readFile } from 'node:fs/promises';
import type { PlatformUnderTest } from '@frontline/testing';
import type { Stories } from '@frontline/scenario';

const PAGE = new URL('../../../../docs/stories.md', import.meta.url);

/** The page that tells readers of the stories: its queries by name, and the numbers that it gives. */
export async function storiesPage(): Promise<{ queries: Record<string, string>; numbers: string[] }> {
  const page = await readFile(PAGE, 'utf8');
  const queries = [...page.matchAll(/```graphql\n([^]*?)```/g)].map(([, text = '']) => text);
  return {
    queries: Object.fromEntries(queries.map((text) => [/^query (\w+)/.exec(text)?.[1] ?? '', text])),
    numbers: [...page.matchAll(/`\{ "(?:number|staffNumber)": "([^"]+)" \}`/g)].map(([, number = '']) => number),
  };
}

interface Person {
  staffNumber: string;
}

export interface CaseStory {
  title: string;
  state: string;
  wasOverdue: boolean;
  closingCode: string | null;
  moves: { state: string; at: string }[];
  household: { code: string } | null;
  demand: {
    toldBackOn: string | null;
    tellBack: {
      state: string;
      owedFrom: string;
      dueOn: string;
      toldOn: string;
      toldBy: Person;
      duty: { scheme: string; state: string };
    } | null;
    activity: { kind: string; heldAt: string; cadres: Person[] };
  };
}

export interface DepartureStory {
  status: string;
  statusSince: string;
  contactBefore: {
    nodes: {
      scheme: string;
      until: string;
      target: { code: string };
      duties: { nodes: { windowStart: string; state: string }[] };
    }[];
  };
  contactAfter: { totalCount: number };
  liaisonsBefore: Person[];
  liaisonsAfter: Person[];
  assistedHouseholds: {
    nodes: {
      helperThen: Person | null;
      helperNextDay: Person | null;
      assistanceHistory: { from: string; until: string | null; endReason: string | null; cadre: Person }[];
      visits: { nodes: { heldAt: string; care: boolean; cadres: Person[] }[] };
    }[];
  };
}

export interface HandoverStory {
  state: string;
  offeredOn: string;
  acceptedOn: string;
  takesEffectOn: string;
  assignment: { until: string };
  lastVisits: { kind: string; heldAt: string }[];
}

/** The stories as the queries of the page answer them, asked in turn by their numbers. */
export async function readStories(platform: PlatformUnderTest, stories: Stories) {
  const { queries } = await storiesPage();
  const ask = <T>(name: string, variables: object) =>
    platform.ask<T>('FRONTLINE_OFFICE', queries[name] as string, variables);
  const { case: manhole } = await ask<{ case: CaseStory }>('Case', { number: stories.manholeCase });
  const { case: lamp } = await ask<{ case: CaseStory }>('Case', { number: stories.toldBackCase });
  const { cadre } = await ask<{ cadre: DepartureStory }>('Departure', { staffNumber: stories.departedCadre });
  const { organization } = await ask<{
    organization: { contacts: { nodes: { from: string; contactor: { id: string; cadre: Person } }[] } };
  }>('TakenOver', { code: cadre.contactBefore.nodes[0]?.target.code });
  const successor = organization.contacts.nodes.find(({ from }) => from === cadre.statusSince);
  const { handovers } = await ask<{ handovers: { nodes: HandoverStory[] } }>('Handover', {
    successorId: successor?.contactor.id,
  });
  return { manhole, lamp, cadre, successor, handovers: handovers.nodes };
}
