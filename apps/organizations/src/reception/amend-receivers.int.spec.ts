import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { idOf, input, north, receptions, somebody, twoSubdistricts } from './two-subdistricts.fixture.ts';

const HOLD = `mutation ($input: HoldReceptionInput!) { holdReception(input: $input) { id session { activity { id cadres { id } } } } }`;
const AMEND = `mutation ($input: AmendReceiversInput!) { amendReceivers(input: $input) { version
  receivers { nth representative { id } attended } session { activity { cadres { id } amendments { reason changes { field before after } } } } } }`;

let subgraph: SubgraphUnderTest;
let receptionId: string;
let activityId: string;
beforeEach(async () => {
  subgraph = await twoSubdistricts();
  const [past] = await receptions(subgraph, '{ states: [UNRECORDED], kinds: [MONTHLY] }');
  const recorded = input({ receptionId: past?.id, heldAt: '2018-08-15T14:00:00+08:00', demands: [] });
  const { holdReception } = await subgraph.answer(north, HOLD, recorded);
  receptionId = holdReception.id;
  activityId = holdReception.session.activity.id;
  expect(holdReception.session.activity.cadres).toEqual([{ id: idOf('cadre 1') }]);
});
afterEach(() => subgraph?.stop());

const amend = (names: string[], more: object = {}) =>
  input({ receptionId, receivedByIds: names.map(idOf), reason: '登记有误', ...more });
const amended = async (...names: string[]) => (await subgraph.answer(north, AMEND, amend(names))).amendReceivers;
const duty = () => subgraph.rows('select fulfilled_by as by from duty where id = $1', [idOf('duty of August')]);

describe('who received at a reception that was recorded', () => {
  it('is corrected: seats, who took part, with history; the duty of the venue stays kept', async () => {
    const { receivers, session } = await amended('delegate 3', 'delegate 5');
    expect(receivers).toEqual([
      { nth: 1, representative: { id: idOf('delegate 1') }, attended: false },
      { nth: 2, representative: { id: idOf('delegate 3') }, attended: true },
      { nth: 3, representative: { id: idOf('delegate 5') }, attended: true },
    ]);
    expect(session.activity.cadres).not.toContainEqual({ id: idOf('cadre 1') });
    const changes = expect.arrayContaining([
      { field: 'receiver', before: idOf('delegate 1'), after: null },
      { field: 'receiver', before: null, after: idOf('delegate 5') },
      { field: 'cadre', before: idOf('cadre 1'), after: null },
    ]);
    expect(session.activity.amendments).toEqual([{ reason: '登记有误', changes }]);
    expect((await subgraph.told('reception.attendanceAmended')).map(({ payload }) => payload)).toEqual([
      { receptionId, activityId, representativeIds: [idOf('delegate 3'), idOf('delegate 5')] },
    ]);
    expect(await subgraph.told('activity.amended')).toHaveLength(1);
    expect(await duty()).toEqual([{ by: activityId }]);
    expect(await subgraph.told('duty.reopened')).toEqual([]);
  });

  it('and back again: a seat beside the rota that nobody took is none', async () => {
    await amended('delegate 3', 'delegate 5');
    const { receivers, session } = await amended('delegate 1', 'delegate 3');
    expect(receivers).toEqual([
      { nth: 1, representative: { id: idOf('delegate 1') }, attended: true },
      { nth: 2, representative: { id: idOf('delegate 3') }, attended: true },
    ]);
    expect(session.activity.cadres).toEqual([{ id: idOf('cadre 1') }]);
    expect(session.activity.amendments).toHaveLength(2);
  });

  it('sent again with its key changes nothing more', async () => {
    const once = amend(['delegate 3']);
    const first = await subgraph.answer(north, AMEND, once);
    expect(await subgraph.answer(north, AMEND, once)).toEqual(first);
    expect(await subgraph.told('reception.attendanceAmended')).toHaveLength(1);
  });

  it('is refused with the field that is wrong, and then nothing is kept', async () => {
    const refused = async (code: string, field: string, asked: object, who = north) => {
      expect(await subgraph.refusal(who, AMEND, asked)).toMatchObject({ code, field });
      expect(await subgraph.rows('select 1 from activity_amendment')).toEqual([]);
      expect(await subgraph.told('reception.attendanceAmended')).toEqual([]);
    };
    await refused('activity.nothingAmended', 'input.receivedByIds', amend(['delegate 3', 'delegate 1']));
    await refused('reception.unknownReceiver', 'input.receivedByIds[0]', amend(['deputy']));
    await refused('activity.text', 'input.reason', amend(['delegate 3'], { reason: ' ' }));
    const [unrecorded] = await receptions(subgraph, '{ to: "2018-05-31" }');
    await refused('reception.notHeld', 'input.receptionId', amend(['delegate 3'], { receptionId: unrecorded?.id }));
    const another = somebody('SUBDISTRICT', { place: 'south' });
    await refused('aggregate.notFound', 'input.receptionId', amend(['delegate 3']), another);
    subgraph.moveTo(new Date('2018-09-05T09:00:00+08:00'));
    await refused('activity.amendmentTooLate', 'input.receptionId', amend(['delegate 3']));
  });
});
