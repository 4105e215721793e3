import 'reflect-metadata';
import { cadreAbsenceRecorded } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import { cadre, contactedAreas, file, frontlineOffice, idOf } from '../activity/contacted-areas.fixture.ts';
import {
  TELL,
  closeAtDoor,
  consumer,
  doorDemand,
  heardDemand,
  tell,
  type HeardDemand,
} from './heard-demand.fixture.ts';

let areas: SubgraphUnderTest;
let heard: HeardDemand;
const director = cadre('director');
const substitute = cadre('substitute');

/** The director is away for a time, and somebody stands in: our copy says so, and then the register's event. */
async function away(from: string, until: string) {
  const absence = { id: idOf('away'), substituteId: idOf('substitute'), from, until };
  const record = file('director', { absences: [absence] });
  await areas.copy('cadre', [record]);
  await areas.consume(consumer('organizations.follow-absences'), {
    id: idOf(`absence ${from}`),
    type: cadreAbsenceRecorded.type,
    aggregateId: idOf('director'),
    sequence: 2,
    occurredAt: new Date('2018-08-20T16:31:00Z'),
    data: { absenceId: absence.id, substituteId: absence.substituteId, from, until, record },
  });
}
const OWED = `{ tellBacks(filter: { mine: true }) { nodes { id state cadre { id } substitute { id } toldThrough toldBy { id }
  demand { text } duty { state contactor { id } substitute { id } } } } }`;
const mineOf = async (who = substitute) => (await areas.answer(who, OWED)).tellBacks.nodes;

describe('while who owes a tell-back is away, who stands in', () => {
  beforeEach(async () => {
    heard = await heardDemand();
    ({ areas } = heard);
  });
  afterEach(() => areas.stop());

  it.each(['before', 'after'])(
    'sees it with its demand, as their duty too, when the absence is told %s the closing',
    async (when) => {
      expect(await mineOf()).toEqual([]);
      if (when === 'after') await heard.close();
      await away('2018-08-20', '2018-09-10');
      if (when === 'before') await heard.close();
      const owed = {
        id: expect.any(String),
        state: 'DUE',
        cadre: { id: idOf('director') },
        substitute: { id: idOf('substitute') },
        toldThrough: null,
        toldBy: null,
        demand: { text: '路灯不亮' },
        duty: { state: 'DUE', contactor: { id: idOf('director') }, substitute: { id: idOf('substitute') } },
      };
      expect(await mineOf()).toEqual([owed]);
      expect(await mineOf(director)).toEqual([owed]);
      for (const who of [cadre('stranger'), cadre('companion')]) expect(await mineOf(who)).toEqual([]);
    },
  );

  it('tells the person; the record and its duty say that they stood in', async () => {
    await heard.close();
    await away('2018-08-20', '2018-09-10');
    const [{ id }] = await mineOf();
    const { recordTellBack } = await areas.answer(substitute, TELL, tell(id));
    expect(recordTellBack).toMatchObject({ toldThrough: 'SUBSTITUTE', toldBy: { id: idOf('substitute') } });
    expect((await areas.told('tellBack.told')).map(({ payload }) => payload)).toMatchObject([
      { tellBackId: id, cadreId: idOf('substitute'), as: 'SUBSTITUTE', late: false },
    ]);
    const kept = (await areas.told('duty.fulfilled')).filter(({ payload }) => payload.owedUnder === 'TELL_BACK');
    expect(kept.map(({ payload }) => payload)).toMatchObject([{ assignmentId: id, state: 'SUBSTITUTED' }]);
  });

  it('does so also when the other is back before the last day, and no longer once they are', async () => {
    await heard.close();
    await away('2018-08-20', '2018-08-23');
    const [{ id, duty }] = await mineOf();
    // who is back on the last day can keep the duty
    expect(duty).toBeNull();
    areas.moveTo(new Date('2018-08-23T09:00:00+08:00'));
    expect(await mineOf()).toEqual([]);
    expect(await areas.refusal(substitute, TELL, tell(id))).toMatchObject({ code: 'aggregate.notFound' });
    areas.moveTo(new Date('2018-08-22T09:00:00+08:00'));
    await areas.answer(substitute, TELL, tell(id));
    expect((await areas.answer(director, `{ tellBacks { nodes { state duty { state } } } }`)).tellBacks.nodes).toEqual([
      { state: 'SUBSTITUTED', duty: { state: 'SUBSTITUTED' } },
    ]);
    const found = `{ tellBacks(filter: { states: [SUBSTITUTED] }) { nodes { state } } }`;
    expect((await areas.answer(cadre('liaison'), found)).tellBacks.nodes).toEqual([{ state: 'SUBSTITUTED' }]);
    // what they told they still see
    areas.moveTo(new Date('2018-09-23T09:00:00+08:00'));
    expect((await areas.answer(substitute, `{ tellBacks { nodes { id } } }`)).tellBacks.nodes).toEqual([{ id }]);
  });

  it('did not stand in on a day before the absence', async () => {
    await heard.close();
    await away('2018-08-22', '2018-09-10');
    areas.moveTo(new Date('2018-08-22T09:00:00+08:00'));
    const [{ id }] = await mineOf();
    const early = tell(id, { toldOn: '2018-08-21' });
    expect(await areas.refusal(substitute, TELL, early)).toMatchObject({
      code: 'tellBack.notYours',
      field: 'input.tellBackId',
    });
    expect(await areas.told('tellBack.told')).toEqual([]);
  });

  it('leaves who heard it free to tell, as themselves', async () => {
    await heard.close();
    await away('2018-08-20', '2018-09-10');
    const [{ id }] = await mineOf();
    const { recordTellBack } = await areas.answer(cadre('liaison'), TELL, tell(id));
    expect(recordTellBack).toMatchObject({ state: 'FULFILLED', toldThrough: 'WHO_HEARD_IT' });
  });
});

describe('while who heard something at a door is away, who stands in', () => {
  beforeEach(async () => {
    areas = await contactedAreas();
    areas.moveTo(new Date('2018-08-21T09:00:00+08:00'));
  });
  afterEach(() => areas.stop());

  it('sees the tell-back and tells the person', async () => {
    await closeAtDoor(areas);
    await away('2018-08-20', '2018-09-10');
    const [{ id }] = await mineOf();
    await areas.answer(substitute, TELL, tell(id));
    const { tellBacks } = await areas.answer(
      frontlineOffice,
      '{ tellBacks { nodes { state toldThrough toldBy { id } duty { state } } } }',
    );
    expect(tellBacks.nodes).toEqual([
      {
        state: 'SUBSTITUTED',
        toldThrough: 'SUBSTITUTE',
        toldBy: { id: idOf('substitute') },
        duty: { state: 'SUBSTITUTED' },
      },
    ]);
    expect((await areas.told('tellBack.owed'))[0]?.payload.demandId).toBe(doorDemand);
  });
});
