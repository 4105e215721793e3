import { buildSchema } from 'graphql';
import { warmUp } from './warm-up.ts';

const schema = buildSchema('type Query { a: Int b: Int }');

describe('warming up', () => {
  /** An executor that keeps what it prepares, ten bytes for each. */
  function keeping() {
    const prepared: (string | undefined)[] = [];
    const executor = {
      schema,
      prepare: async ({ operationName }: { operationName?: string | undefined }) => void prepared.push(operationName),
      kept: () => ({ operations: prepared.length, bytes: prepared.length * 10 }),
    };
    return { executor, prepared };
  }

  it('plans every operation of every document, and tells those that do not fit', async () => {
    const { executor, prepared } = keeping();
    const texts = ['query A { a } query B { b }', '{ c }', '{', '{ b }'];
    expect(await warmUp(executor, texts, { cacheBytes: 1000, isOver: () => false })).toEqual({
      planned: 2,
      unfitting: 2,
      leftOut: 0,
    });
    expect(prepared).toEqual(['A', 'B', undefined]);
  });

  it('leaves room for what else is asked', async () => {
    const { executor } = keeping();
    const texts = Array.from({ length: 10 }, (_, n) => `query Q${n} { a }`);
    expect(await warmUp(executor, texts, { cacheBytes: 50, isOver: () => false })).toMatchObject({
      planned: 5,
      leftOut: 5,
    });
  });

  it('stops when nobody needs it any more', async () => {
    const { executor, prepared } = keeping();
    await warmUp(executor, ['{ a }', '{ b }'], { cacheBytes: 1000, isOver: () => prepared.length > 0 });
    expect(prepared).toHaveLength(1);
  });
});
