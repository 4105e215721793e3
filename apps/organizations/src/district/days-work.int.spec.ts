import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RECORD, cadre, contactedAreas, visit } from '../activity/contacted-areas.fixture.ts';

type District = Awaited<ReturnType<typeof contactedAreas>>;

describe('the work of a day', () => {
  let district: District;
  beforeEach(async () => {
    district = await contactedAreas();
  });
  afterEach(() => district.stop());

  const told = async () =>
    Object.fromEntries(
      (await district.rows(`select type, count(*)::int as count from outbox group by 1`)).map(({ type, count }) => [
        type,
        count,
      ]),
    );
  const duties = async () => (await district.rows(`select count(*)::int as count from duty`))[0]?.['count'];
  const promiseSomething = () =>
    district.answer(cadre('director'), RECORD, visit({ promises: [{ text: '修好楼道灯', dueOn: '2018-08-20' }] }));

  /** The development's control of the clock, as whoever plays through days uses it. */
  const dayIs = async (day: string) => {
    const response = await fetch(`${district.url}/internal/clock`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await district.tokens.sign('organizations', { kind: 'system', service: 'test' })}`,
      },
      body: JSON.stringify({ offsetMs: Math.round(Date.parse(`${day}T08:00:00+08:00`) - Date.now()) }),
    });
    expect(response.status).toBe(200);
  };

  it('is done by the service when its day becomes another: duties ahead, what became of them, broken promises', async () => {
    await promiseSomething();
    const before = await duties();
    await dayIs('2018-08-21');
    const made = await duties();
    expect(made).toBeGreaterThan(before);
    expect(await told()).toMatchObject({ 'duty.missed': 1, 'promise.broken': 1 });
    await dayIs('2018-08-21');
    await dayIs('2018-09-01');
    expect(await duties()).toBeGreaterThan(made);
    expect(await told()).toMatchObject({ 'duty.missed': 5, 'promise.broken': 1 });
  });

  it('can be asked for by a command, which says what it did and does it no second time', async () => {
    await promiseSomething();
    const command = async () => {
      const program = join(import.meta.dirname, '../../dist/main.js');
      const { stdout } = await promisify(execFile)(process.execPath, [program, 'daily'], {
        env: { ...district.environment, NODE_OPTIONS: '' },
      });
      return JSON.parse(stdout.slice(stdout.indexOf('{')));
    };
    const first = await command();
    expect(first).toMatchObject({ duties: { changed: 0, removed: 0 }, outcomes: 1, brokenPromises: 0 });
    expect(first.duties.added).toBeGreaterThan(50);
    expect(await command()).toMatchObject({
      duties: { added: 0, changed: 0, removed: 0 },
      outcomes: 0,
      brokenPromises: 0,
      unansweredQuestions: 0,
    });
  });
});
