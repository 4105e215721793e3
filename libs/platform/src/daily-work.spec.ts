import { pino } from 'pino';
import type { Ctx } from './context.ts';
import { DailyWork } from './daily-work.ts';

/** A district whose day can be set, and work that notes each day it was done for. */
function district() {
  const done: string[] = [];
  const failing = new Set<string>();
  const state = { today: '2018-08-17' };
  const context = () => ({ today: () => state.today, log: pino({ level: 'silent' }) }) as Ctx;
  const work = new DailyWork(async (ctx) => {
    const today = ctx.today();
    if (failing.delete(today)) throw new Error('broken off');
    // another look may come while this one waits
    await new Promise((resolve) => setImmediate(resolve));
    done.push(today);
    return {};
  }, context);
  return { done, failing, state, work };
}

describe('the daily work', () => {
  it('is done once a day, however often and by how many it is asked for', async () => {
    const { done, work } = district();
    await Promise.all([work.catchUp(), work.catchUp()]);
    await work.catchUp();
    expect(done).toEqual(['2018-08-17']);
  });

  it('is done again when the day is another one, be it an earlier one', async () => {
    const { done, state, work } = district();
    for (const day of ['2018-08-17', '2018-08-18', '2018-08-01']) {
      state.today = day;
      await work.catchUp();
    }
    expect(done).toEqual(['2018-08-17', '2018-08-18', '2018-08-01']);
  });

  it('is tried again after it failed, and tells whoever asked for it', async () => {
    const { done, failing, work } = district();
    failing.add('2018-08-17');
    await expect(work.catchUp()).rejects.toThrow('broken off');
    expect(done).toEqual([]);
    await work.catchUp();
    expect(done).toEqual(['2018-08-17']);
  });

  it('begins by itself once it is started, and is waited for when it is stopped', async () => {
    const { done, work } = district();
    work.start();
    await work.stop();
    expect(done).toEqual(['2018-08-17']);
  });

  it('is nothing for a service that has none', async () => {
    const none = new DailyWork(undefined, () => ({ today: () => '2018-08-17' }) as Ctx);
    await expect(none.catchUp()).resolves.toBeUndefined();
  });
});
