import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { cadres, frontlineOffice, idOf, smallDistrict } from '../small-district.fixture.ts';
import { households } from '../subgraph.ts';

const [uncover] = consumers;
const helper = cadres[0] as (typeof cadres)[number];
const member = (until: string) => ({ ...helper, partyMember: [{ from: '2012-01-01', until }] });

describe('a helper who is in the Party no more', () => {
  let district: SubgraphUnderTest;
  beforeEach(async () => {
    district = await smallDistrict();
  });
  afterEach(() => district.stop());

  const changed = (data: object) =>
    district.consume(uncover!, {
      id: idOf(`membership ${JSON.stringify(data)}`),
      type: 'cadre.membershipChanged',
      aggregateId: idOf('helper'),
      sequence: 2,
      occurredAt: new Date('2018-08-17T04:00:00Z'),
      data,
    });
  const imported = (...records: object[]) => {
    const [follower] = households.copyFollowers ?? [];
    return district.consume(
      { name: 'copies', events: [], handle: (ctx) => follower!.changed(ctx, records as never) },
      {
        id: idOf('imported'),
        type: 'cadre.imported',
        aggregateId: idOf('helper'),
        sequence: 2,
        occurredAt: new Date('2018-08-17T04:00:00Z'),
        data: {},
      },
    );
  };
  const told = async () =>
    (await district.told('pairedAssistance.ended')).map(({ payload }) => [payload.on, payload.reason]);
  const covered = async (on: string) =>
    (await district.answer(frontlineOffice, `{ assistanceCoverage(asOf: "${on}") { households { covered } } }`))
      .assistanceCoverage.households.covered;

  it('assists no household from that day on; what is told does not say why', async () => {
    const leaves = { kind: 'PARTY', on: '2018-08-17', member: false, record: member('2018-08-17') };
    for (let times = 0; times < 2; times += 1) await changed(leaves);
    expect(await told()).toEqual([['2018-08-17', 'HELPER_NOT_ELIGIBLE']]);
    expect([await covered('2018-08-16'), await covered('2018-08-17')]).toEqual([2, 1]);
  });

  it('is followed as well where a register brings it in, ahead too, and once', async () => {
    for (let times = 0; times < 2; times += 1) await imported(member('2018-09-01'), cadres[1] as object);
    expect(await told()).toEqual([['2018-09-01', 'HELPER_NOT_ELIGIBLE']]);
  });

  it('is not meant where somebody joins, leaves the League, or was in the Party before as well', async () => {
    await changed({ kind: 'LEAGUE', on: '2018-08-17', member: false, record: helper });
    await changed({ kind: 'PARTY', on: '2012-01-01', member: true, record: helper });
    const spells = [{ from: '2005-01-01', until: '2007-01-01' }, { from: '2012-01-01' }];
    await imported({ ...helper, partyMember: spells });
    expect(await told()).toEqual([]);
  });
});
