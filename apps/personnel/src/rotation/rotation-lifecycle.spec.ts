import 'reflect-metadata';
import { idOf, refusal, told } from '../cadre/personnel-file.fixture.ts';
import { afterAction, rotationActions, type RotationAction } from './rotation-lifecycle.ts';
import { Rotation, RotationState } from './rotation.entity.ts';

function planned(): Rotation {
  return Object.assign(new Rotation(), {
    cadreId: idOf('a'),
    organizationId: idOf('street'),
    plannedFrom: '2018-03-01',
    plannedUntil: '2019-03-01',
  });
}

describe('a rotation', () => {
  it('reaches every state; what is completed stays so, what was cancelled may go on', () => {
    const reached = new Set(['PLANNED', ...Object.values(rotationActions).map(({ to }) => to)]);
    expect(reached).toEqual(new Set(Object.keys(RotationState)));
    const actions = Object.keys(rotationActions) as RotationAction[];
    const finals = Object.keys(RotationState).filter(
      (state) => !actions.some((action) => afterAction(state as RotationState, action)),
    );
    expect(finals).toEqual(['COMPLETED']);
  });

  it('goes from plan to completion, and tells each step', () => {
    const rotation = planned();
    const about = { rotationId: rotation.id, cadreId: idOf('a'), organizationId: idOf('street') };
    expect(told([...rotation.planned(), ...rotation.begin('2018-03-05'), ...rotation.complete('2019-02-01')])).toEqual([
      { type: 'rotation.planned', ...about, from: '2018-03-01', until: '2019-03-01' },
      { type: 'rotation.begun', ...about, on: '2018-03-05' },
      { type: 'rotation.completed', ...about, from: '2018-03-05', until: '2019-02-01' },
    ]);
    expect(refusal(() => rotation.cancel('2019-02-01', 'OTHER'))).toEqual({
      code: 'rotation.illegalMove',
      field: 'input.rotationId',
    });
  });

  it('goes on where it stood when it was cancelled, as if nothing had been', () => {
    const [plan, begun] = [planned(), planned()];
    begun.begin('2018-03-05');
    for (const rotation of [plan, begun]) rotation.cancel('2018-04-01', 'CADRE_LEFT');
    expect(told([...plan.goOn(), ...begun.goOn()])).toMatchObject([
      { type: 'rotation.resumed', from: '2018-03-01', until: '2019-03-01' },
      { type: 'rotation.resumed', begunOn: '2018-03-05' },
    ]);
    expect([plan, begun]).toMatchObject([
      { state: 'PLANNED', endedOn: null, cancelReason: null },
      { state: 'ACTIVE', begunOn: '2018-03-05', endedOn: null, cancelReason: null },
    ]);
    expect(refusal(() => plan.goOn()).code).toBe('rotation.illegalMove');
  });

  it('is not completed before it began, nor unless it has', () => {
    const rotation = planned();
    expect(refusal(() => rotation.complete('2018-04-01')).code).toBe('rotation.illegalMove');
    rotation.begin('2018-03-05');
    expect(refusal(() => rotation.complete('2018-03-05')).code).toBe('rotation.period');
  });
});
