import 'reflect-metadata';
import {
  RECORD,
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
  visit,
} from '../activity/contacted-areas.fixture.ts';

const FIGURES = 'due fulfilled substituted late missed excused rate excusedRate';

describe('how duties were kept', () => {
  let district: Awaited<ReturnType<typeof contactedAreas>>;
  beforeAll(async () => {
    district = await contactedAreas();
    const record = (who: string, heldAt: string) => district.answer(cadre(who), RECORD, visit({ heldAt }));
    await record('director', '2018-08-17T09:00:00+08:00');
    await record('substitute', '2018-08-12T20:00:00+08:00');
    district.moveTo(new Date('2018-09-10T09:00:00+08:00'));
    await record('another', '2018-09-05T09:00:00+08:00');
    await district.answer(frontlineOffice, 'mutation ($input: ExcuseDutyInput!) { excuseDuty(input: $input) { id } }', {
      input: { idempotencyKey: 'excuse-one', id: idOf('former 2018-08-01'), reason: '已交接' },
    });
    // those of September are made, and open
    await district.answer(frontlineOffice, 'mutation { generateDuties(input: {}) { added } }');
  });
  afterAll(() => district.stop());

  const asked = async (args: string, who = frontlineOffice) =>
    (await district.answer(who, `{ dutyFulfilment(${args}) { ${FIGURES} } }`)).dutyFulfilment;
  const AUGUST = 'from: "2018-08-01", to: "2018-08-31"';

  it('leaves what was excused out of the rate, and shows its rate beside', async () => {
    expect(await asked(AUGUST)).toEqual({
      due: 5,
      fulfilled: 1,
      substituted: 1,
      late: 1,
      missed: 1,
      excused: 1,
      rate: 0.5,
      excusedRate: 0.2,
    });
  });

  it('counts windows by the day on which they closed, and none that is open', async () => {
    expect(await asked('from: "2018-07-01", to: "2018-09-30"')).toMatchObject({ due: 6, missed: 2 });
    expect(await asked('from: "2018-07-31", to: "2018-08-30"')).toMatchObject({ due: 1, missed: 1, rate: 0 });
    expect(await asked('from: "2018-09-01", to: "2018-09-30"')).toMatchObject({
      due: 0,
      rate: null,
      excusedRate: null,
    });
  });

  it('narrows to a part of the district, and to a scheme', async () => {
    expect(await asked(`${AUGUST}, under: "${idOf('north')}"`)).toMatchObject({ due: 4, missed: 0, excused: 1 });
    expect(await asked(`${AUGUST}, under: "${idOf('area-3')}"`)).toMatchObject({ due: 1, missed: 1 });
    expect(await asked(`${AUGUST}, scheme: "monthly"`)).toMatchObject({ due: 5 });
    expect(await asked(`${AUGUST}, scheme: "tell-back"`)).toMatchObject({ due: 0 });
    const both = await district.ask(
      frontlineOffice,
      `{ contactSchemes(first: 5) { nodes { code fulfilment(${AUGUST}) { due rate } } } }`,
    );
    expect(both.data?.['contactSchemes']).toEqual({ nodes: [{ code: 'monthly', fulfilment: { due: 5, rate: 0.5 } }] });
    expect(both.statements.length).toBeLessThanOrEqual(2);
  });

  it('asks where a place stood when the window closed', async () => {
    await district.answer(
      somebody('ADMIN', 'admin'),
      'mutation ($input: MoveOrganizationInput!) { moveOrganization(input: $input) { id } }',
      {
        input: {
          idempotencyKey: 'move-area',
          organizationId: idOf('area-3'),
          tree: 'TERRITORY',
          parentId: idOf('north'),
          from: '2018-09-01',
        },
      },
    );
    expect(await asked(`${AUGUST}, under: "${idOf('south')}"`)).toMatchObject({ due: 1 });
    expect(await asked(`${AUGUST}, under: "${idOf('north')}"`)).toMatchObject({ due: 4 });
  });

  it('is for staff, of a year at most, of places that are there', async () => {
    expect(await asked(AUGUST, gridWorker)).toMatchObject({ due: 5 });
    const refused = (args: string, who = frontlineOffice) =>
      district.refusal(who, `{ dutyFulfilment(${args}) { due } }`);
    expect(await refused(AUGUST, somebody('PARTNER', 'partner'))).toMatchObject({ code: 'access.denied' });
    for (const args of ['from: "2018-08-31", to: "2018-08-01"', 'from: "2017-08-01", to: "2018-08-31"'])
      expect(await refused(args)).toMatchObject({ code: 'input.invalid', field: 'to' });
    expect(await refused(`${AUGUST}, under: "${idOf('nowhere')}"`)).toMatchObject({
      code: 'aggregate.notFound',
      field: 'under',
    });
  });
});
