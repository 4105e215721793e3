import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { organizationSucceeded } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { consumers } from '../consumers.ts';
import { frontlineOffice, idOf, smallDistrict } from '../small-district.fixture.ts';

const follower = consumers.find(({ name }) => name === 'households.follow-organizations') as (typeof consumers)[number];

describe('a residential area that another one takes over', () => {
  let district: SubgraphUnderTest;
  beforeEach(async () => void (district = await smallDistrict()));
  afterEach(() => district.stop());

  const taken = (area: string, successor: string, on: string) =>
    district.consume(follower, {
      id: randomUUID(),
      type: organizationSucceeded.type,
      aggregateId: idOf(area),
      sequence: 1,
      occurredAt: new Date(`${on}T01:00:00Z`),
      data: {
        on,
        heirId: idOf(successor),
        parts: [{ successorId: idOf(successor), residentialAreaIds: [] }],
        record: {
          id: idOf(area),
          code: area,
          kind: 'RESIDENTIAL_AREA',
          status: 'MERGED',
          from: '2005-01-01',
          until: on,
          path: ['district', 'north', area].map(idOf),
        },
      },
    });

  const areasOf = async (table: string) =>
    Object.fromEntries(
      (await district.rows(`select code, residential_area_id from ${table}`)).map((row) => [
        row.code,
        row.residential_area_id,
      ]),
    );

  it('hands over grids, teams, households and their helpers, each once; what had ended keeps its area', async () => {
    const before = { grids: await areasOf('grid'), households: await areasOf('household') };
    await taken('north-1', 'north-2', '2018-08-17');
    await taken('north-1', 'north-2', '2018-08-17');
    const moved = (old: Record<string, string>, stays: string[] = []) =>
      Object.fromEntries(
        Object.entries(old).map(([code, area]) => [
          code,
          area === idOf('north-1') && !stays.includes(code) ? idOf('north-2') : area,
        ]),
      );
    // G2 ended at the beginning of the year
    expect(await areasOf('grid')).toEqual(moved(before.grids, ['G2']));
    expect(await areasOf('household')).toEqual(moved(before.households));
    expect(Object.values(await areasOf('service_team'))).not.toContain(idOf('north-1'));
    const open = await district.rows(
      `select 1 from paired_assistance where residential_area_id = $1 and coalesce(valid_to, 'infinity') > '2018-08-17'`,
      [idOf('north-1')],
    );
    expect(open).toEqual([]);
    const told = await district.told('household.placed');
    expect(told.map(({ payload }) => payload.record.code).sort()).toEqual(
      Object.keys(before.households)
        .filter((code) => before.households[code] === idOf('north-1'))
        .sort(),
    );
    expect(told.length).toBeGreaterThan(0);
  });

  it('is still what they belonged to on the days before, through several successions', async () => {
    await taken('north-1', 'north-2', '2018-06-01');
    await taken('north-2', 'south-1', '2018-08-17');
    const { grid, household } = await district.answer(
      frontlineOffice,
      `{ grid(code: "G1") { first: residentialArea(on: "2018-05-31") { id } then: residentialArea(on: "2018-06-01") { id }
           before: residentialArea(on: "2018-08-16") { id } now: residentialArea { id } on: residentialArea(on: "2018-08-17") { id } }
         household: households(first: 1, filter: { within: "${idOf('south-1')}" }) { nodes { residentialArea(on: "2018-05-31") { id } } } }`,
    );
    expect(Object.values(grid).map((area) => (area as { id: string }).id)).toEqual(
      ['north-1', 'north-2', 'north-2', 'south-1', 'south-1'].map(idOf),
    );
    expect(household.nodes).toHaveLength(1);
  });
});
