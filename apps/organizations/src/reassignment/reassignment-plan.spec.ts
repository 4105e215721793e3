import fc from 'fast-check';
import { planReassignment, type Candidate, type MovedAssignment } from './reassignment-plan.ts';

const assignment = (id: string, more: Partial<MovedAssignment> = {}): MovedAssignment => ({
  id,
  version: 1,
  scheme: 'monthly',
  targetId: `target of ${id}`,
  placeId: 'place',
  contactedByOthers: false,
  offered: false,
  ...more,
});
const candidate = (successorId: string, more: Partial<Candidate> = {}): Candidate => ({
  scheme: 'monthly',
  successorId,
  admittedIn: new Set(['place']),
  targetIds: new Set(),
  ...more,
});

describe('a plan of a reassignment', () => {
  it('spreads assignments over successors by the targets that they have', () => {
    const { moves, loads } = planReassignment(
      ['a', 'b', 'c'].map((id) => assignment(id)),
      [candidate('busy', { targetIds: new Set(['x', 'y']), limit: 2 }), candidate('free', { limit: 2 })],
    );
    expect(moves.map(({ successorId }) => successorId)).toEqual(['free', 'free', 'busy']);
    expect(loads).toEqual([
      { scheme: 'monthly', successorId: 'busy', before: 2, after: 3, limit: 2, overloaded: true },
      { scheme: 'monthly', successorId: 'free', before: 0, after: 2, limit: 2, overloaded: false },
    ]);
  });

  it('gives a target to whom the scheme admits in its place', () => {
    const { moves, stranded } = planReassignment(
      [assignment('here'), assignment('there', { placeId: 'elsewhere' }), assignment('nowhere', { placeId: 'third' })],
      [candidate('local'), candidate('of elsewhere', { admittedIn: new Set(['elsewhere']) })],
    );
    expect(moves.map(({ assignmentId, successorId }) => [assignmentId, successorId])).toEqual([
      ['here', 'local'],
      ['there', 'of elsewhere'],
    ]);
    expect(stranded.map(({ assignmentId }) => assignmentId)).toEqual(['nowhere']);
  });

  it('says who can’t take what, and which targets nobody would contact', () => {
    const { moves, stranded, conflicts } = planReassignment(
      [
        assignment('a', { targetId: 'x' }),
        assignment('b', { targetId: 'x', contactedByOthers: true }),
        assignment('c', { offered: true }),
      ],
      [candidate('contacts', { targetIds: new Set(['x']) }), candidate('stranger', { admittedIn: new Set() })],
    );
    expect(moves).toEqual([]);
    expect(stranded).toEqual([
      { assignmentId: 'a', targetId: 'x', orphaned: true },
      { assignmentId: 'b', targetId: 'x', orphaned: false },
    ]);
    expect(conflicts).toEqual([
      { assignmentId: 'a', successorId: 'contacts', obstacle: 'CONTACTS_TARGET' },
      { assignmentId: 'a', successorId: 'stranger', obstacle: 'NOT_ADMITTED' },
      { assignmentId: 'b', successorId: 'contacts', obstacle: 'CONTACTS_TARGET' },
      { assignmentId: 'b', successorId: 'stranger', obstacle: 'NOT_ADMITTED' },
      { assignmentId: 'c', obstacle: 'HANDOVER_OPEN' },
    ]);
  });

  it('loses no assignment, fixes nobody twice to a target, and spreads evenly', () => {
    const some = fc.uniqueArray(fc.nat(30), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.array(some, { minLength: 1, maxLength: 4 }), (moved, held) => {
        const assignments = moved.map((at) => assignment(`a${at}`, { targetId: `${at}` }));
        const candidates = held.map((targets, at) => candidate(`s${at}`, { targetIds: new Set(targets.map(String)) }));
        const { moves, stranded, loads } = planReassignment(assignments, candidates);
        expect([...moves, ...stranded].map((each) => each.assignmentId).sort()).toEqual(
          assignments.map(({ id }) => id).sort(),
        );
        for (const { successorId, targetId } of moves)
          expect(candidates.find((each) => each.successorId === successorId)?.targetIds.has(targetId)).toBe(false);
        expect(loads.reduce((sum, { before, after }) => sum + after - before, 0)).toBe(moves.length);
      }),
    );
  });
});
