import { readdirSync, readFileSync } from 'node:fs';
import { contracts, fromMessage, toMessage, type EventMessage } from './index.ts';
import { personalData } from './personal-data.fixture.ts';

const folder = new URL('../samples/', import.meta.url);
const samples = readdirSync(folder).map((file) => {
  const message = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as EventMessage;
  return [file.replace(/\.json$/, ''), message] as const;
});

/** Names of all fields anywhere in a value. */
function fieldNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, held]) => [name, ...fieldNames(held)]);
}

describe('the golden samples', () => {
  it('are one for each contract, and there is none without a contract', () => {
    expect(samples.map(([type]) => type).sort()).toEqual([...contracts.keys()].sort());
  });

  it.each(samples)('%s is read by its contract and written again byte for byte', (type, sample) => {
    const event = fromMessage(sample.headers, sample.value);
    expect(event?.type).toBe(type);
    const again = toMessage(event!);
    expect(JSON.stringify(again.headers)).toBe(JSON.stringify(sample.headers));
    expect(again).toEqual(sample);
  });

  it.each(samples)('%s is read the same from the bytes of a broker', (_type, { headers, value }) => {
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
    expect(fromMessage(bytes, Buffer.from(value))).toEqual(fromMessage(headers, value));
  });

  it.each(samples)('%s says of itself whose it is', (_type, { key, headers, value }) => {
    const data = JSON.parse(value) as { record?: { id: string } };
    expect([headers['ce_subject'], headers['ce_partitionkey']]).toEqual([key, key]);
    expect(data.record?.id ?? key).toBe(key);
  });

  it.each(samples)('%s holds no personal data', (_type, { value }) => {
    expect(fieldNames(JSON.parse(value)).filter((name) => personalData.test(name))).toEqual([]);
    // no free text: codes, ids, numbers, days and times are written without spaces and in ASCII
    expect(value).toMatch(/^[!-~]*$/);
  });
});
