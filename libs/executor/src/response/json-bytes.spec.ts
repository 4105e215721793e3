import fc from 'fast-check';
import { JsonBytes } from './json-bytes.ts';

const written = (write: (json: JsonBytes) => void): string => {
  const json = new JsonBytes();
  write(json);
  return json.taken().toString('utf8');
};

describe('JSON as bytes', () => {
  it('writes every string as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
        expect(written((json) => json.string(value))).toBe(JSON.stringify(value));
      }),
    );
    const units = Array.from({ length: 0x10000 }, (_, unit) => `${String.fromCharCode(unit)}海`);
    expect(written((json) => units.forEach((value) => json.string(value)))).toBe(
      units.map((value) => JSON.stringify(value)).join(''),
    );
  });

  it('keeps what was written when it has to grow, and takes back only what is told', () => {
    const long = '殷行'.repeat(50_000);
    const text = written((json) => {
      json.raw(Buffer.from('['));
      json.string('first');
      const mark = json.length;
      json.string(long);
      json.backTo(mark);
      json.text(',');
      const from = json.length;
      json.string(long);
      const to = json.length;
      json.text(',');
      json.again(from, to);
      json.raw(Buffer.from(']'));
    });
    expect(JSON.parse(text)).toEqual(['first', long, long]);
  });

  it('begins anew after its bytes were taken, which nothing changes later', () => {
    const json = new JsonBytes();
    json.string('one');
    const first = json.taken();
    json.string('two');
    expect([first.toString(), json.taken().toString()]).toEqual(['"one"', '"two"']);
  });
});
