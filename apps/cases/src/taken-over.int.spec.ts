import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { v5 } from 'uuid';
import { organizationSucceeded } from '@frontline/events';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { consumers } from './consumers.ts';
import { cases } from './subgraph.ts';

const idOf = (name: string): string => v5(name, '6ba7b810-9dad-11d1-80b4-00c04fd430c8');
const follower = consumers.find(({ name }) => name === 'cases.follow-organizations') as (typeof consumers)[number];

const aCase = (name: string, at: number, place: { area: string; lead?: string }, more: object = {}) => ({
  type: 'case',
  id: idOf(name),
  number: `2019-${String(at).padStart(6, '0')}`,
  title: name,
  categoryCode: 'roads',
  kind: 'HELP_REQUEST',
  channel: 'VISIT',
  areaId: idOf(place.area),
  ...(place.lead && { leadOrganizationId: idOf(place.lead) }),
  state: 'HANDLING',
  registeredAt: '2019-02-01T01:00:00Z',
  promiseDueAt: '2019-03-20T15:59:59Z',
  moves: [{ state: 'HANDLING', at: '2019-02-02T01:00:00Z', ...(place.lead && { organizationId: idOf(place.lead) }) }],
  ...more,
});

const lines = [
  { type: 'caseCategory', id: idOf('roads'), code: 'roads', nameZh: '道路', nameEn: 'Roads' },
  aCase('in the part that is given away', 1, { area: 'area-1', lead: 'street' }),
  aCase('in the rest', 2, { area: 'area-2', lead: 'street' }),
  aCase('about the street itself', 3, { area: 'street' }),
  aCase('of a department', 4, { area: 'area-1', lead: 'water' }),
  aCase('concluded', 5, { area: 'area-1', lead: 'street' }, { state: 'CLOSED', closedAt: '2019-02-20T01:00:00Z' }),
];

describe('open cases of an organization that is taken over', () => {
  let subgraph: SubgraphUnderTest;
  beforeEach(async () => void (subgraph = await subgraphUnderTest(cases, { today: '2019-03-01', lines })));
  afterEach(() => subgraph.stop());

  const street = {
    id: idOf('street'),
    code: '310110101',
    kind: 'TOWN',
    status: 'MERGED' as const,
    from: '2000-01-01',
    until: '2019-03-01',
    path: [idOf('district'), idOf('street')],
  };
  const hear = (data: Partial<ReturnType<typeof organizationSucceeded.data.parse>>) =>
    subgraph.consume(follower, {
      id: randomUUID(),
      type: organizationSucceeded.type,
      aggregateId: idOf('street'),
      sequence: 1,
      occurredAt: new Date('2019-03-01T01:00:00Z'),
      data: { on: '2019-03-01', parts: [], record: street, ...data },
    });
  const taken = [
    { successorId: idOf('east'), residentialAreaIds: [idOf('area-1')] },
    { successorId: idOf('west'), residentialAreaIds: [idOf('area-2')] },
  ];
  const standing = async () => {
    const rows = await subgraph.rows('select title, area_id, lead_organization_id, promise_due_at from case_file');
    return new Map(rows.map((row) => [row['title'] as string, row]));
  };

  it('follow to the right successor under the same promise, each once, and what is concluded keeps the old one', async () => {
    await hear({ heirId: idOf('west'), parts: taken });
    await hear({ heirId: idOf('west'), parts: taken });
    const found = await standing();
    const leads = Object.fromEntries([...found].map(([title, row]) => [title, row['lead_organization_id']]));
    expect(leads).toEqual({
      'in the part that is given away': idOf('east'),
      'in the rest': idOf('west'),
      'about the street itself': null,
      'of a department': idOf('water'),
      concluded: idOf('street'),
    });
    expect(found.get('about the street itself')?.['area_id']).toBe(idOf('west'));
    expect(found.get('in the rest')?.['area_id']).toBe(idOf('area-2'));
    expect(found.get('in the rest')?.['promise_due_at'].toISOString()).toBe('2019-03-20T15:59:59.000Z');
    expect(await subgraph.told('case.passedOn')).toHaveLength(3);
    const history = await subgraph.rows('select state, organization_id from case_move where case_id = $1 order by at', [
      idOf('in the rest'),
    ]);
    expect(history).toEqual([
      { state: 'HANDLING', organization_id: idOf('street') },
      { state: 'HANDLING', organization_id: idOf('west') },
    ]);
  });

  it('stay with one that goes on, but for the part that it gives away', async () => {
    await hear({ parts: taken.slice(0, 1), record: { ...street, status: 'ACTIVE', until: undefined } });
    const leads = (await subgraph.told('case.passedOn')).map(({ aggregate_id: id, payload }) => [
      id,
      payload.record.leadOrganizationId,
    ]);
    expect(leads).toEqual([[idOf('in the part that is given away'), idOf('east')]]);
  });
});
