import { createServer, type AddressInfo, type Server } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '@frontline/postgres';
import { runCommand } from '@frontline/processes';
import { describeWith } from '@frontline/test-servers';
import { checkout, descendant, descendantsOf, gone, until, type Checkout } from './start.fixture.ts';

const READY = /^Frontline is ready/;
const READY_MS = 220_000;

describeWith('kafka')('npm start', () => {
  let here: Checkout;
  beforeEach(async () => {
    here = await checkout();
  });
  afterEach(() => here.remove());
  const gateway = () => `http://127.0.0.1:${here.env['GATEWAY_PORT']}`;
  /** Runs a start that is expected to end by itself; what it printed, and its exit code. */
  const refused = async (args: string[] = [], env: NodeJS.ProcessEnv = {}) => {
    const child = await here.start(args, env);
    const { code } = await child.exited;
    return { code, said: child.output() };
  };

  it('brings back what was killed, is the only one, and leaves nothing behind', async () => {
    const platform = await here.start();
    await platform.waitForLine(READY, READY_MS);

    process.kill(await descendant(platform, /apps\/households\/dist\/main\.js/), 'SIGKILL');
    await platform.waitForLine('✓ households runs again', READY_MS);
    process.kill(await descendant(platform, /kafka\.Kafka/), 'SIGKILL');
    await platform.waitForLine('✓ The Kafka broker runs again', READY_MS);
    process.kill(await descendant(platform, /postgres.* -D /), 'SIGKILL');
    await platform.waitForLine('✓ PostgreSQL runs again', READY_MS);
    await until(async () => (await fetch(`${gateway()}/readyz`).catch(() => undefined))?.ok);

    for (const args of [[], ['--reset']]) {
      const second = await refused(args);
      expect(second.code).toBe(1);
      expect(second.said.trim().split('\n')).toEqual([
        `Frontline already runs, or is starting, from this checkout (process ${platform.pid}): use that one, or stop it with Ctrl-C in its terminal.`,
      ]);
    }
    expect(existsSync(join(here.folder, 'postgres'))).toBe(true);

    const children = descendantsOf(platform.pid);
    expect(children.length).toBeGreaterThan(7);
    expect(await platform.kill('SIGINT')).toEqual({ code: 0, signal: null });
    await gone(children);
  }, 600_000);

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves nothing behind when %s comes during the first load',
    async (signal) => {
      const platform = await here.start([], here.noJava);
      await descendant(platform, /dist\/main\.js import/);
      const children = descendantsOf(platform.pid);
      expect(await platform.kill(signal)).toEqual({ code: 0, signal: null });
      await gone(children);
      if (signal === 'SIGTERM') await goesOn();
    },
    600_000,
  );

  /** After a load that was broken off, and without Java. */
  async function goesOn(): Promise<void> {
    const platform = await here.start([], here.noJava);
    await platform.waitForLine(READY, READY_MS);
    const url = `postgresql://frontline:frontline@127.0.0.1:${here.env['POSTGRES_PORT']}/households`;
    const { rows } = await withConnection(url, (client) =>
      client.query(`select value ->> 'whole' as whole from platform_setting where key = 'dataset'`),
    );
    expect(rows).toEqual([{ whole: 'true' }]);
    expect(platform.output()).toMatch(/! No Kafka broker: No Java found \(.*java\): install Java 17 or newer/);
    expect(platform.output().match(/No Kafka broker/g)).toHaveLength(1);
    expect(platform.output()).toContain('events wait in the outbox');
    const answer = await fetch(`${gateway()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ platform { today demo } }' }),
    });
    expect(await answer.json()).toEqual({ data: { platform: { today: '2018-08-17', demo: true } } });
    // as if an older scenario had given somebody's number to somebody else
    await withConnection(url.replace('/households', '/personnel'), async (client) => {
      await client.query(
        `update platform_setting set value = value || '{"fingerprint": "older"}' where key = 'dataset'`,
      );
      await client.query(`delete from imported_row where table_name = 'cadre'`);
      await client.query(
        'update cadre set id = gen_random_uuid() where staff_number = (select min(staff_number) from cadre)',
      );
    });
    await platform.stop();
    expect(await refused(['--as-of', '2018-05-01'], here.noJava)).toMatchObject({
      code: 1,
      said: expect.stringContaining('The data loaded here are small, --scale 1, --as-of 2018-08-17') as string,
    });
    expect(await refused([], here.noJava)).toMatchObject({
      code: 1,
      said: expect.stringMatching(
        /contradict records that are there already \(cadre_staff_number_unique\)\nIf data .* start with --reset/,
      ) as string,
    });
  }

  it('ends at once at the second Ctrl-C, and leaves nothing behind when it is killed', async () => {
    for (const end of ['twice', 'killed']) {
      const platform = await here.start([], here.noJava);
      await descendant(platform, /postgres.* -D /);
      const children = descendantsOf(platform.pid);
      if (end === 'killed') await platform.kill('SIGKILL');
      else {
        // a process that does not listen keeps the first Ctrl-C waiting
        process.kill(await descendant(platform, /postgres.* -D /), 'SIGSTOP');
        platform.signal('SIGINT');
        await platform.waitForLine('Stopping.');
        await until(() => (platform.signal('SIGINT'), !platform.isRunning()));
        expect(await platform.exited).toEqual({ code: 130, signal: null });
      }
      await gone(children);
    }
  }, 600_000);

  it('says how old a Java is that can not run the broker', async () => {
    const platform = await here.start([], here.otherJava('1.8.0_392'));
    await platform.waitForLine('! No Kafka broker: Java 8 is too old for the Kafka broker: install Java 17', READY_MS);
    const children = descendantsOf(platform.pid);
    await platform.kill('SIGINT');
    await gone(children);
  });

  it('refuses each port that is taken, in one sentence, before it touches anything', async () => {
    const busy: Server = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const cases: [string, number, string][] = [
      ['GATEWAY_PORT', port, 'the gateway'],
      ['GATEWAY_PORT', port - 4, 'the cases service'],
      ['POSTGRES_PORT', port, 'PostgreSQL'],
      ['KAFKA_PORT', port - 1, 'the Kafka broker'],
    ];
    for (const [name, value, what] of cases) {
      const { code, said } = await refused(['--reset'], { [name]: String(value) });
      expect(code).toBe(1);
      expect(said).toContain(`Port ${port}, which ${what} wants, is taken.`);
      expect(said.trim().split('\n')).toHaveLength(1);
    }
    expect(existsSync(join(here.folder, 'postgres'))).toBe(false);
    busy.close();
  });

  it('says what an old Node has to do', async () => {
    const run = join(import.meta.dirname, '..', 'run.mjs');
    const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); process.argv.splice(1, 0, ${JSON.stringify(run)}); await import(${JSON.stringify(run)});`;
    await expect(
      runCommand(process.execPath, ['--input-type=module', '-e', old, 'start'], { env: here.env }),
    ).rejects.toThrow(/Frontline runs on Node 24[^]*npm ci/);
  });
});
