import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { RECORD, cadre, file, frontlineOffice, idOf, visit } from './contacted-areas.fixture.ts';
import { AMEND, amendedVisit, type AmendedVisit } from './amended-visit.fixture.ts';

const director = cadre('director');
let visited: AmendedVisit;
let areas: SubgraphUnderTest;

beforeEach(async () => {
  visited = await amendedVisit();
  ({ areas } = visited);
});
afterEach(() => areas.stop());

describe('an amendment', () => {
  it('that was of another kind gives back the duty that it kept, and may keep it again', async () => {
    const duty = async () =>
      (
        await areas.answer(
          director,
          `{ duty(id: "${idOf('of the director 2018-08-01')}") { state fulfilment { id } } }`,
        )
      ).duty;
    const told = async (type: string) => (await areas.told(type)).map(({ payload }) => payload.assignmentId);
    expect(await duty()).toEqual({ state: 'FULFILLED', fulfilment: { id: visited.activityId } });
    const [change] = (await visited.amended({ kind: 'REPORT_HEARD' })).amendments[0].changes;
    expect(change).toMatchObject({ field: 'kind', demandId: null, before: 'VISIT', after: 'REPORT_HEARD' });
    expect(await duty()).toEqual({ state: 'DUE', fulfilment: null });
    expect(await told('duty.reopened')).toContain(idOf('of the director'));
    expect((await visited.toldLast()).kind).toBe('REPORT_HEARD');
    await visited.amended({ kind: 'VISIT' });
    expect(await duty()).toEqual({ state: 'FULFILLED', fulfilment: { id: visited.activityId } });
    expect((await told('duty.fulfilled')).filter((id) => id === idOf('of the director'))).toHaveLength(2);
    for (const kind of ['RECEPTION', 'DIALOGUE', 'CARE_VISIT', 'TELL_BACK'])
      expect(await areas.refusal(director, AMEND, visited.amend({ kind }))).toMatchObject({
        code: 'activity.kindStays',
        field: 'input.kind',
      });
  });

  it('that makes a visit something else lets another one of the window count, once', async () => {
    const kept = async () => {
      const query = `{ duty(id: "${idOf('of the director 2018-08-01')}") { fulfilment { id } } }`;
      return (await areas.answer(director, query)).duty.fulfilment?.id;
    };
    const another = await areas.answer(director, RECORD, visit({ heldAt: '2018-08-17T09:15:00+08:00', demands: [] }));
    expect(await kept()).toBe(visited.activityId);
    await visited.amended({ kind: 'REPORT_HEARD' });
    expect(await kept()).toBe(another.recordActivity.id);
    // back to what it was: the window is served already
    await visited.amended({ kind: 'VISIT' });
    expect(await kept()).toBe(another.recordActivity.id);
  });

  it('that makes a visit something else lets another one count however many others took place before it', async () => {
    // each of these is a visit of a cadre for whose contact it counts, and none of the director's
    const crowd = Array.from({ length: 120 }, (_, nth) => ({
      type: 'activity',
      id: idOf(`visit ${nth} of another`),
      kind: 'VISIT',
      heldAt: `2018-08-17T01:${String(Math.floor(nth / 60) + 10)}:${String(nth % 60).padStart(2, '0')}Z`,
      targetId: idOf('area-1'),
      contactorIds: [idOf('another')],
      summary: '示例',
    }));
    const late = { ...crowd[0], id: idOf('late'), heldAt: '2018-08-17T02:00:00Z', contactorIds: [idOf('director')] };
    await areas.import([...crowd, late]);
    await visited.amended({ kind: 'REPORT_HEARD' });
    const query = `{ duty(id: "${idOf('of the director 2018-08-01')}") { state fulfilment { id } } }`;
    expect((await areas.answer(director, query)).duty).toEqual({ state: 'FULFILLED', fulfilment: { id: late.id } });
  });

  describe('after the contact has changed hands within the window', () => {
    const [OFFER, ACCEPT] = [
      'mutation ($input: HandOverAssignmentInput!) { handOverAssignment(input: $input) { id } }',
      'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { state } }',
    ];
    const kept = async () => {
      const query = `{ duty(id: "${idOf('of the director 2018-08-01')}") { state fulfilment { id } } }`;
      return (await areas.answer(frontlineOffice, query)).duty;
    };
    beforeEach(async () => {
      areas.moveTo(new Date('2018-08-18T09:00:00+08:00'));
      const posts = [{ organizationId: idOf('north'), from: '2018-01-01' }];
      await areas.copy('cadre', [file('stranger', { posts }), file('director', { posts })]);
      const offer = { assignmentId: idOf('of the director'), successorId: idOf('stranger'), reason: '示例' };
      const { handOverAssignment } = await areas.answer(frontlineOffice, OFFER, {
        input: { idempotencyKey: 'hand-it-over', ...offer },
      });
      const accept = { idempotencyKey: 'accept-it', handoverId: handOverAssignment.id };
      await areas.answer(cadre('stranger'), ACCEPT, { input: accept });
    });

    it('lets a visit of the successor count for the window that the amended one no longer keeps', async () => {
      const heldAt = '2018-08-18T08:00:00+08:00';
      const later = await areas.answer(cadre('stranger'), RECORD, visit({ heldAt }));
      expect(await kept()).toEqual({ state: 'FULFILLED', fulfilment: { id: visited.activityId } });
      await visited.amended({ kind: 'REPORT_HEARD' });
      expect(await kept()).toEqual({ state: 'FULFILLED', fulfilment: { id: later.recordActivity.id } });
    });

    it('lets an earlier visit of the predecessor count when it was the successor’s that was none', async () => {
      await visited.amended({ kind: 'REPORT_HEARD' });
      const heldAt = '2018-08-18T08:00:00+08:00';
      const later = await areas.answer(cadre('stranger'), RECORD, visit({ heldAt }));
      expect((await kept()).fulfilment).toEqual({ id: later.recordActivity.id });
      // a visit again, but the window is served
      await visited.amended({ kind: 'VISIT' });
      expect((await kept()).fulfilment).toEqual({ id: later.recordActivity.id });
      const none = { ...visited.amend({ kind: 'REPORT_HEARD' }).input, activityId: later.recordActivity.id };
      await areas.answer(cadre('stranger'), AMEND, { input: none });
      expect((await kept()).fulfilment).toEqual({ id: visited.activityId });
    });
  });
});
