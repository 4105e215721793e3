import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, type GenerateOptions, type Stories } from '@frontline/scenario';
import { PlatformUnderTest, SERVICES, type Records, type ServiceName } from '@frontline/testing';

/** The day on which the article's figures hold. */
export const DAY = '2018-08-17';

/** A platform, without a broker, that has brought in a whole district of the scenario by its services' own imports. */
export async function districtOfTheScenario(
  district: GenerateOptions['district'],
): Promise<{ platform: PlatformUnderTest; stories: Stories }> {
  const out = await mkdtemp(join(tmpdir(), 'frontline-scenario-'));
  try {
    const { stories } = generate({ out, district, scale: 1, asOf: DAY, seed: '1' });
    const records = SERVICES.map((service) => [service, join(out, `${service}.ndjson`)]);
    const platform = await PlatformUnderTest.start({
      today: DAY,
      broker: false,
      records: Object.fromEntries(records) as Record<ServiceName, Records>,
    });
    return { platform, stories };
  } finally {
    await rm(out, { recursive: true });
  }
}
