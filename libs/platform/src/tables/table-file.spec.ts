import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { DomainError } from '../errors.ts';
import { guarded, unguarded } from './cell-text.ts';
import { openTable, tableBytes, type Cell, type Format } from './table-file.ts';
import type { Encoding } from './text-decoding.ts';

const chunked = async function* (bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
const rowsOf = async (bytes: Uint8Array, size?: number, encoding?: Encoding) => {
  const table = await openTable(chunked(bytes, size), encoding);
  const rows: Cell[][] = [];
  for await (const { cells } of table.rows) rows.push(cells);
  return { rows, format: table.format, encoding: table.encoding() };
};
const written = async (rows: readonly string[][], format: Format, encoding?: Encoding) => {
  const chunks: Uint8Array[] = [];
  const source = (async function* () {
    yield* rows;
  })();
  for await (const chunk of tableBytes(source, format, encoding)) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const codeOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 'read',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

/** Text without halves of characters; without what XML can't hold; without the private use area, of which GB18030 has editions. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((each) => each.replace(/[\p{C}\uFFFD]/gu, ''))
  .map((each) => each.trim());
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
  .map((rows) => rows.map((row, at) => (at === 0 ? row.map((cell) => `h${cell}`) : row)));

describe('a CSV file', () => {
  it.each(['utf-8', 'gb18030'] as const)('in %s is read as it was written, however it is cut', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, size) => {
        expect((await rowsOf(await written(rows, 'csv', encoding), size, encoding)).rows).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('is known by its bytes: with a mark, without one, and as Chinese Excel saves it', async () => {
    const rows = [
      ['代码', '名称'],
      ['310110', '杨浦区，上海'],
    ];
    const marked = await written(rows, 'csv');
    expect([...marked.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(await rowsOf(marked)).toEqual({ rows, format: 'csv', encoding: 'utf-8' });
    expect(await rowsOf(marked.subarray(3))).toEqual({ rows, format: 'csv', encoding: 'utf-8' });
    expect(await rowsOf(await written(rows, 'csv', 'gb18030'))).toEqual({ rows, format: 'csv', encoding: 'gb18030' });
  });

  it('may begin with a long stretch of ASCII before it says what it is', async () => {
    const rows = [['code', 'name'], ...Array.from({ length: 9_000 }, (_, at) => [`C${at}`, 'plain']), ['末', '行']];
    const read = await rowsOf(await written(rows, 'csv', 'gb18030'), 1_000);
    expect(read.encoding).toBe('gb18030');
    expect(read.rows.at(-1)).toEqual(['末', '行']);
  });

  it('keeps line breaks, quotes and separators inside of quotes', async () =>
    expect((await rowsOf(Buffer.from('a,b\r\n"1\n2","say ""so"", yes"\r\n'))).rows).toEqual([
      ['a', 'b'],
      ['1\n2', 'say "so", yes'],
    ]));

  it.each([
    ['a;b\n1,5;2', [['a', 'b'], ['1,5', '2']]], // prettier-ignore
    ['a\tb\n1;\t2', [['a', 'b'], ['1;', '2']]], // prettier-ignore
  ])('may be divided by semicolons or tabs: %j', async (csv, rows) =>
    expect((await rowsOf(Buffer.from(csv))).rows).toEqual(rows),
  );

  it.each<[string, Buffer, Encoding | undefined, string]>([
    ['bytes of no encoding', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0xff, 0x0a]), undefined, 'import.encoding'],
    ['GB18030 that is called UTF-8', Buffer.from([0xb4, 0xfa, 0xc2, 0xeb]), 'utf-8', 'import.encoding'],
    ['UTF-16', Buffer.from('\uFEFFa,b', 'utf16le'), undefined, 'import.encoding'],
    ['a quote that never closes', Buffer.from('a,b\n"1,2'), undefined, 'import.malformed'],
    ['a cell without end', Buffer.from(`a\n${'x'.repeat(40_000)}`), undefined, 'import.tooLarge'],
    ['a row without end', Buffer.from(`a\n"${'x'.repeat(2_000_000)}`), undefined, 'import.tooLarge'],
    ['columns without end', Buffer.from(','.repeat(300)), undefined, 'import.tooLarge'],
  ])('is refused: %s', async (_, bytes, encoding, code) =>
    expect(await codeOf(rowsOf(bytes, 1_000, encoding))).toBe(code),
  );
});

describe('an Excel workbook', () => {
  it('is read as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const read = await rowsOf(await written(rows, 'xlsx'), 100);
        expect(read.format).toBe('xlsx');
        const padded = read.rows.map((row, at) => [
          ...row,
          ...Array.from({ length: (rows[at] as string[]).length - row.length }, () => ''),
        ]);
        expect(padded).toEqual(rows);
      }),
      { numRuns: 30 },
    );
  });

  it('gives days and truths as text, and says what is kept as a number', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'Sheet1',
          rows: [
            ['day', 'time', 'number', 'code', 'truth'],
            [new Date(Date.UTC(2018, 7, 17)), new Date(Date.UTC(2018, 7, 17, 9, 30)), 1.5, 310110013001, true],
          ],
        },
      ],
    });
    expect((await rowsOf(bytes, 1_000)).rows[1]).toEqual([
      '2018-08-17',
      '2018-08-17 09:30:00',
      1.5,
      310110013001,
      'true',
    ]);
  });

  it('that is cut off, or is another ZIP file, is refused', async () => {
    const bytes = await written([['a']], 'xlsx');
    expect(await codeOf(rowsOf(bytes.subarray(0, bytes.length - 30), 1_000))).toBe('import.malformed');
    expect(await codeOf(rowsOf(Buffer.concat([bytes.subarray(0, 40), bytes]), 1_000))).toBe('import.malformed');
  });

  it('that would unfold without end is refused before it is unfolded', async () => {
    const bytes = await written([['a']], 'xlsx');
    const directory = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const bomb = Buffer.from(bytes);
    bomb.writeUInt32LE(0x7fffffff, directory + 24);
    expect(await codeOf(rowsOf(bomb, 1_000))).toBe('import.tooLarge');
    bomb.writeUInt32LE(0, directory + 24);
    expect(await codeOf(rowsOf(bomb, 1_000))).toBe('import.malformed');
  });
});

describe('a cell that looks like a formula', () => {
  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '＝1', "'=1", "''+1"])('is guarded: %j', (cell) => {
    expect(guarded(cell)).toBe(`'${cell}`);
    expect(unguarded(guarded(cell))).toBe(cell);
  });

  it('is not a number, nor an ordinary text', () => {
    for (const cell of ['-121.5', '+3', "'tis", '中文', '']) expect(guarded(cell)).toBe(cell);
  });

  it('comes back whatever it holds', () => {
    const cell = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '1', 'a', '\t') });
    fc.assert(fc.property(cell, (each) => unguarded(guarded(each)) === each));
  });
});
