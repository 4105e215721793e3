import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@frontline/platform/process';
import { startSmallDistrict, supergraphOf, smallSchemas } from './small-district.fixture.ts';

/** What the operator is told when the gateway does not start. */
async function refusal(settings: Record<string, string>): Promise<string> {
  const error = await startSmallDistrict(settings).then(
    async (district) => {
      await district.stop();
      return undefined;
    },
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message;
}

describe('a gateway that cannot start says which setting is wrong', () => {
  it('when the supergraph file is missing', async () => {
    expect(await refusal({ SUPERGRAPH_FILE: 'no-such-file.graphql' })).toMatch(
      /^SUPERGRAPH_FILE: .*cannot be read \(ENOENT\)/,
    );
  });

  it('when the supergraph file holds something else', async () => {
    expect(await refusal({ SUPERGRAPH_FILE: import.meta.filename })).toMatch(/^SUPERGRAPH_FILE: .*cannot be served: /);
  });

  it('when the supergraph names a service without address', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frontline-start-'));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraphOf({ ...smallSchemas, weather: 'type Query { rain: Int }' }));
    expect(await refusal({ SUPERGRAPH_FILE: file })).toMatch(/the subgraph "weather"/);
    await rm(folder, { recursive: true });
  });

  it('when the issuer file is missing or holds no key', async () => {
    expect(await refusal({ DEVELOPMENT_ISSUER_FILE: 'no-such-file.json' })).toMatch(/cannot be read/);
    expect(await refusal({ DEVELOPMENT_ISSUER_FILE: import.meta.filename })).toMatch(/must hold a private P-256 key/);
  });
});
