import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { readConfig, subgraphSettings } from '@frontline/platform';
import { gatewaySettings } from './config.ts';

interface ComposeFile {
  services: Record<
    string,
    {
      environment?: Record<string, string | number>;
      command?: string[];
      build?: { args: { SERVICE: string } };
      depends_on?: string[] | Record<string, { condition: string }>;
    }
  >;
}

const root = join(import.meta.dirname, '..', '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as ComposeFile;
const example = readFileSync(join(root, '.env.example'), 'utf8');
const subgraphs = ['personnel', 'organizations', 'households', 'cases'];

/** What an operator writes into `.env`: the example, with secrets of the lengths that it asks for. */
const written: Record<string, string> = {
  ...Object.fromEntries(
    [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name as string, value as string]),
  ),
  POSTGRES_PASSWORD: 'ab'.repeat(32),
  INTERNAL_SECRET: 'ab'.repeat(32),
  PERSONAL_DATA_KEYS: `2026:${Buffer.alloc(32).toString('base64')}`,
  BLIND_INDEX_KEY: Buffer.alloc(32).toString('base64'),
};

/** A container's environment as compose makes it of the file and of `.env`. */
function environmentOf(service: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(compose.services[service]?.environment ?? {}).map(([name, value]) => [
      name,
      String(value).replace(
        /\$\{([A-Z_]+)(?:(:-|:\?)([^}]*))?\}/g,
        (_, variable: string, kind: string, text: string) => {
          const given = written[variable];
          if (given) return given;
          if (kind === ':-') return text;
          throw new Error(`.env.example does not name ${variable}, which ${service} needs`);
        },
      ),
    ]),
  );
}

describe('docker-compose.yml', () => {
  it('has PostgreSQL, a broker, five services and a migration of each database', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      ['gateway', 'kafka', 'postgres', ...subgraphs, ...subgraphs.map((name) => `migrate-${name}`)].sort(),
    );
  });

  it.each([...subgraphs, ...subgraphs.map((name) => `migrate-${name}`)])(
    'gives %s settings that it knows, and all that it needs',
    (service) => {
      const environment = environmentOf(service);
      expect(Object.keys(environment).filter((name) => !(name in subgraphSettings.shape))).toEqual([]);
      const name = service.replace('migrate-', '');
      expect(readConfig(subgraphSettings, environment)).toMatchObject({
        FRONTLINE_MODE: 'production',
        DATABASE_URL: `postgresql://postgres:${written['POSTGRES_PASSWORD']}@postgres:5432/${name}`,
        KAFKA_BROKERS: ['kafka:9092'],
      });
      expect(compose.services[service]?.build?.args.SERVICE).toBe(name);
    },
  );

  it('gives the gateway settings that it knows, and all that it needs', () => {
    const environment = environmentOf('gateway');
    expect(Object.keys(environment).filter((name) => !(name in gatewaySettings.shape))).toEqual([]);
    const settings = readConfig(gatewaySettings, environment);
    expect(settings.FRONTLINE_MODE).toBe('production');
    for (const name of subgraphs)
      expect(environment[`SUBGRAPH_URL_${name.toUpperCase()}`]).toBe(`http://${name}:4000/graphql`);
  });

  it.each(subgraphs)('starts %s only when its database is migrated', (service) => {
    expect(compose.services[service]?.depends_on).toEqual({
      [`migrate-${service}`]: { condition: 'service_completed_successfully' },
    });
    expect(compose.services[`migrate-${service}`]?.command).toEqual(['migrate']);
  });

  it('makes a database for each of them', () => {
    const made = readFileSync(join(root, 'deploy', 'databases.sql'), 'utf8').match(/create database (\w+)/g);
    expect(made).toEqual(subgraphs.map((name) => `create database ${name}`));
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const [, shell = '', option = '', script = ''] =
    /^ENTRYPOINT \["(\w+)", "(-c)", "(.*)", "frontline"\]$/m.exec(dockerfile) ?? [];

  /** What the entry point would start, by a `node` that only says so. */
  async function started(environment: Record<string, string>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'frontline-image-'));
    await writeFile(join(folder, 'node'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const env = { ...environment, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const command = JSON.parse(`"${script}"`) as string;
    const { stdout } = await promisify(execFile)(shell, [option, command, 'frontline', 'serve'], { cwd: root, env });
    await rm(folder, { recursive: true });
    return stdout.trim().replace(/ +/g, ' ');
  }

  it.each(['gateway', ...subgraphs])('starts %s with its own flags', async (app) => {
    const said = readFileSync(join(root, 'deploy', 'v8-flags'), 'utf8');
    const [, flags = ''] = new RegExp(`^${app}: (--max-semi-space-size=\\d+.*)$`, 'm').exec(said) ?? [];
    expect(flags).not.toBe('');
    expect(await started({ SERVICE: app })).toBe(`--enable-source-maps ${flags} apps/${app}/dist/main.js serve`);
  });

  it('lets whoever runs it say otherwise', async () => {
    const said = await started({ SERVICE: 'cases', YOUNG_SPACE_MB: '32', V8_FLAGS: '--max-old-space-size=900' });
    expect(said).toMatch(/--max-semi-space-size=32 --max-old-space-size=900 apps\/cases\/dist\/main.js serve$/);
  });

  it('holds the file that the flags are read from', () => {
    expect(dockerfile).toContain('COPY deploy/v8-flags deploy/v8-flags\n');
    expect(readFileSync(join(root, '.dockerignore'), 'utf8')).toContain('\n!deploy/v8-flags\n');
  });
});
