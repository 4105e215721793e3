import type { Actor } from '@frontline/access';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { area, leaders, patchedDistrict } from './patched-street.fixture.ts';

/** The street whose areas are held in patches. */
export const STREET = '310110019';

/** The service over a district in which leaders of that street may hold patches of it. */
export const subgraphWithPatches = (): Promise<SubgraphUnderTest> =>
  subgraphUnderTest(organizations, { today: TODAY, copies: { cadre: leaders }, lines: patchedDistrict });

let keys = 0;

/** Variables of a mutation, under a key that no other has. */
export const input = (values: object) => ({ input: { idempotencyKey: `patch-key-${(keys += 1)}`, ...values } });

/** The text of a mutation that asks for fields of what it changed. */
export const mutation = (name: string, fields: string) =>
  `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`;

/** The first patch of the street, of its first two areas; `values` say otherwise. */
export const drawn = (values: object = {}) => ({
  subdistrictId: idOf(STREET),
  code: `${STREET}-P1`,
  nameZh: '第一片',
  nameEn: 'First patch',
  areaIds: [area(STREET, 1), area(STREET, 2)],
  from: TODAY,
  ...values,
});

/** Two leaders of the street who hold a patch; `values` say otherwise. */
export const held = (targetId: string, values: object = {}) => ({
  scheme: 'leaders-patch',
  contactorIds: ['first', 'second'].map(idOf),
  targetId,
  from: TODAY,
  reason: '示例',
  ...values,
});

/** What GraphQL answers at a field. */
type Answered = Awaited<ReturnType<SubgraphUnderTest['answer']>>[string];

/** What the Frontline Office does with patches, and sees of them, in the district of a test. */
export function patchOffice(subgraph: () => SubgraphUnderTest) {
  const office = withRole('FRONTLINE_OFFICE');
  const make = (name: string, values: object, who: Actor = office, fields = 'id version until'): Promise<Answered> =>
    subgraph()
      .answer(who, mutation(name, fields), input(values))
      .then((data) => data[name]);
  return {
    make,
    refused: (name: string, values: object, who: Actor = office): Promise<object> =>
      subgraph().refusal(who, mutation(name, 'id'), input(values)),
    draw: (values: object = {}): Promise<{ id: string; version: number }> => make('createPatch', drawn(values)),
    hold: (targetId: string, values: object = {}): Promise<{ id: string }> =>
      make('assignContact', held(targetId, values)),
    /** The last three digits of the codes of a patch's areas on a day. */
    areasOn: async (id: string, on: string): Promise<string[]> =>
      (await subgraph().answer(office, `{ patch(id: "${id}") { areas(on: "${on}") { code } } }`))['patch'].areas.map(
        ({ code }: { code: string }) => code.slice(-3),
      ),
    /** Who contacts an organization on a day. */
    contactsOn: async (code: string, on: string): Promise<Answered> =>
      (
        await subgraph().answer(
          office,
          `{ organization(code: "${code}") { contacts(on: "${on}") { totalCount nodes { contactors { id } target { id } patch { code } place { code } } } } }`,
        )
      )['organization'].contacts.nodes,
  };
}
