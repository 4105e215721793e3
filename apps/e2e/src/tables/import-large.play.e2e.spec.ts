import { eventually, PlatformUnderTest } from '@frontline/testing';

/** As many rows as a district brings at once; the file is streamed, and its rows are worked on a thousand at a time. */
const ROWS = 100_000;

/**
 * Megabytes that the service may keep in its heap, young objects apart: enough for a thousand rows at a time. With all of
 * them in one chunk the process ends.
 */
const HEAP_MB = 128;

/** The import of 100,000 rows, in milliseconds, on a machine that has other things to do. */
const LONGEST_MS = 900_000;

const keeper = {
  type: 'account',
  id: '018f0000-0000-7000-8000-000000000001',
  sub: 'demo:ORG_DEPARTMENT',
  label: '示例',
  grants: [{ role: 'ORG_DEPARTMENT' }],
};

interface Batch {
  state: string;
  progress: { total: number; read: number; accepted: number; created: number; refused: number };
}

describe('an import of 100,000 rows', () => {
  let platform: PlatformUnderTest;
  beforeAll(async () => {
    platform = await PlatformUnderTest.start({ today: '2018-08-17', broker: false, records: { personnel: [keeper] } });
    const before = platform.set({ NODE_OPTIONS: `--max-old-space-size=${HEAP_MB} --max-semi-space-size=8` });
    await platform.services.personnel.stop();
    await platform.services.personnel.start();
    platform.set(before);
  });
  afterAll(() => platform?.stop());

  it(
    'shows its progress while it runs, never less than before, in a heap of a fixed size',
    async () => {
      const header = '工号,生效日,姓名,性别,出生日期,入职日期';
      const rows = Array.from({ length: ROWS }, (_, nth) => `L${nth},2010-07-01,钱一,女,1985-01-31,2010-07-01`);
      const sent = await fetch(`${platform.gateway.url}/files/personnel/imports/cadres`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await platform.token('ORG_DEPARTMENT')}` },
        body: `${[header, ...rows].join('\r\n')}\r\n`,
      });
      expect(sent.status).toBe(202);
      const { id } = (await sent.json()) as { id: string };
      const query = `query ($id: ID!) { personnelImportBatch(id: $id) { state progress { total read accepted created refused } } }`;
      const seen: Batch[] = [];
      await eventually(
        'the import is done',
        async () => {
          const { personnelImportBatch: batch } = await platform.ask<{ personnelImportBatch: Batch }>(
            'ORG_DEPARTMENT',
            query,
            { id },
          );
          seen.push(batch);
          return batch.state;
        },
        (state) => state !== 'WAITING' && state !== 'RUNNING',
        { withinMs: LONGEST_MS },
      );
      expect(seen.at(-1)).toEqual({
        state: 'DONE',
        progress: { total: ROWS, read: ROWS, accepted: ROWS, created: ROWS, refused: 0 },
      });
      const reads = seen.map(({ progress }) => progress.read);
      expect(reads).toEqual([...reads].sort((a, b) => a - b));
      expect(seen.filter(({ progress }) => progress.total !== ROWS || progress.created !== progress.read)).toEqual([]);
      const underWay = new Set(seen.filter(({ state }) => state === 'RUNNING').map(({ progress }) => progress.read));
      expect(underWay.size).toBeGreaterThanOrEqual(5);
      expect(Math.max(...underWay)).toBeLessThan(ROWS);
      expect(platform.services.personnel.output()).not.toMatch(/heap out of memory/i);
    },
    LONGEST_MS,
  );
});
