import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { idOf, input, north, receptions, somebody, twoSubdistricts } from './two-subdistricts.fixture.ts';

const HOLD = `mutation ($input: HoldReceptionInput!) { holdReception(input: $input) { state
  receivers { nth representative { id } attended } session { heldAt raised activity { kind target { code } cadres { id } demands { text disposition area { code } } } } } }`;

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await twoSubdistricts();
});
afterEach(() => subgraph?.stop());
const days = (filter?: string) => receptions(subgraph, filter);

describe('holding a reception', () => {
  const demands = [
    { text: '路灯坏了', disposition: 'CASE', caseKind: 'HELP_REQUEST', categoryCode: 'roads.lamp' },
    { text: '希望增设座椅', disposition: 'OPINION', categoryCode: 'parks' },
  ];
  const hold = async (values: object = {}) => {
    const [{ id: receptionId } = { id: '' }] = await days('{ from: "2018-08-01", to: "2018-08-17" }');
    return input({ receptionId, heldAt: '2018-08-15T14:00:00+08:00', metCount: 9, demands, ...values });
  };

  it('records what was raised as an activity, and fulfils the duty of the venue', async () => {
    const [past] = await days('{ states: [UNRECORDED], kinds: [MONTHLY] }');
    expect(past).toMatchObject({ date: '2018-08-15', state: 'UNRECORDED' });
    const recorded = await hold();
    const answer = await subgraph.answer(north, HOLD, recorded);
    expect(answer['holdReception']).toEqual({
      state: 'HELD',
      receivers: [
        { nth: 1, representative: { id: idOf('delegate 1') }, attended: true },
        { nth: 2, representative: { id: idOf('delegate 3') }, attended: true },
      ],
      session: {
        heldAt: '2018-08-15T06:00:00.000Z',
        raised: 2,
        activity: {
          kind: 'RECEPTION',
          target: { code: '310110016' },
          cadres: [{ id: idOf('cadre 1') }],
          demands: expect.arrayContaining([
            { text: '路灯坏了', disposition: 'CASE', area: { code: '310110016' } },
            { text: '希望增设座椅', disposition: 'OPINION', area: { code: '310110016' } },
          ]),
        },
      },
    });
    expect(await subgraph.answer(north, HOLD, recorded)).toEqual(answer);
    expect(await subgraph.rows('select count(*)::int as activities from activity')).toEqual([{ activities: 1 }]);
    expect(await subgraph.told('activity.recorded')).toMatchObject([
      { payload: { kind: 'RECEPTION', demands: [{ disposition: 'CASE' }, { disposition: 'OPINION' }] } },
    ]);
    const [held] = await subgraph.told('reception.held');
    expect(held?.payload).toMatchObject({ raised: 2, representativeIds: [idOf('delegate 1'), idOf('delegate 3')] });
    expect(
      await subgraph.rows(`select fulfilled_on::text as on from duty where id = $1`, [idOf('duty of August')]),
    ).toEqual([{ on: '2018-08-15' }]);
    expect(await subgraph.refusal(north, HOLD, await hold())).toMatchObject({ code: 'reception.held' });
  });

  it('concerns the community where it was concentrated, and fulfils the duty of that day', async () => {
    const [{ id: receptionId } = { id: '' }] = await days('{ to: "2018-05-31" }');
    const { holdReception } = await subgraph.answer(
      north,
      HOLD,
      input({ receptionId, heldAt: '2018-05-12T09:00:00+08:00', demands }),
    );
    expect(holdReception.session.activity.target).toEqual({ code: '310110016002' });
    expect(
      await subgraph.rows('select fulfilled_on::text as on, duty_code as code from duty order by window_start'),
    ).toEqual([
      { on: '2018-05-12', code: 'concentrated' },
      { on: null, code: 'reception' },
    ]);
  });

  it('keeps who came in another’s stead, and who did not come', async () => {
    const answer = await subgraph.answer(
      north,
      HOLD,
      await hold({ receivedByIds: [idOf('delegate 3'), idOf('delegate 5')] }),
    );
    expect(answer['holdReception'].receivers).toEqual([
      { nth: 1, representative: { id: idOf('delegate 1') }, attended: false },
      { nth: 2, representative: { id: idOf('delegate 3') }, attended: true },
      { nth: 3, representative: { id: idOf('delegate 5') }, attended: true },
    ]);
  });

  it('is refused with the field that is wrong, and then nothing is kept', async () => {
    const refused = async (values: object, actor = north) => subgraph.refusal(actor, HOLD, await hold(values));
    expect(await refused({ heldAt: '2018-08-14T14:00:00+08:00' })).toMatchObject({
      code: 'reception.heldBefore',
      field: 'input.heldAt',
    });
    expect(await refused({ heldAt: '2018-08-18T14:00:00+08:00' })).toMatchObject({ code: 'activity.future' });
    expect(await refused({ receivedByIds: [idOf('deputy')] })).toMatchObject({
      code: 'reception.unknownReceiver',
      field: 'input.receivedByIds[0]',
    });
    expect(await refused({ demands: [{ ...demands[0], caseKind: null }] })).toMatchObject({ code: 'demand.caseKind' });
    expect(await refused({}, somebody('SUBDISTRICT', { place: 'south' }))).toMatchObject({
      code: 'activity.notYourPlace',
    });
    expect(await subgraph.rows('select count(*)::int as activities from activity')).toEqual([{ activities: 0 }]);
    expect(await subgraph.told('reception.held')).toEqual([]);
  });
});
