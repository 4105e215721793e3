import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { tableErrors } from './table.errors.ts';

/** Encodings that table files come in. */
export const ENCODINGS = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Bytes that are looked at, from the first that is not ASCII, before an encoding is settled. */
const LOOK_BYTES = 65_536;

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Decodes a text file as it comes, in bounded memory. A byte order mark or `encoding` says what it is; otherwise it is
 * UTF-8 as long as it can be, and GB18030 (which what Chinese Excel saves as CSV is) where not. `settled` is told.
 */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding | undefined,
  settled: (encoding: Encoding) => void,
): AsyncGenerator<string> {
  const text = new StrictDecoder();
  let undecided: Buffer = Buffer.alloc(0);
  let begun = false;
  for await (const chunk of chunks) {
    if (text.encoding) {
      yield text.decode(chunk);
      continue;
    }
    undecided = Buffer.concat([undecided, chunk]);
    const ascii = lengthOfAscii(undecided);
    if (ascii > 0) {
      // ASCII reads alike in both, so only what comes after it is kept for the decision
      yield text.plain(undecided.subarray(0, ascii));
      undecided = undecided.subarray(ascii);
      begun = true;
    }
    if (undecided.length < LOOK_BYTES) continue;
    settled(text.settle(undecided, encoding, begun));
    yield text.decode(undecided);
  }
  if (!text.encoding) {
    settled(text.settle(undecided, encoding, begun));
    yield text.decode(undecided);
  }
  yield text.decode(undefined);
}

/** Decodes chunk by chunk and refuses what is not in the encoding, naming the line. */
class StrictDecoder {
  encoding: Encoding | undefined;
  #decoder: TextDecoder | undefined;
  #line = 1;

  /** Settles the encoding by what the first bytes that are not ASCII look like. */
  settle(bytes: Buffer, named: Encoding | undefined, begun: boolean): Encoding {
    const marked = !begun && bytes.subarray(0, 3).equals(BOM);
    if (!begun && !marked && (bytes[0] === 0xff || bytes[0] === 0xfe))
      throw tableErrors('import.encoding', { encoding: 'UTF-8, GB18030', row: 1 });
    this.encoding = marked ? 'utf-8' : (named ?? (startsAsUtf8(bytes) ? 'utf-8' : 'gb18030'));
    this.#decoder = new TextDecoder(this.encoding, { fatal: true });
    return this.encoding;
  }

  plain(ascii: Buffer): string {
    return this.#counted(ascii.toString('latin1'));
  }

  /** The text of the next bytes; without any, of what was left over. */
  decode(bytes: Uint8Array | undefined): string {
    const decoder = this.#decoder as TextDecoder;
    try {
      return this.#counted(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
    } catch {
      throw tableErrors('import.encoding', { encoding: this.encoding, row: this.#line });
    }
  }

  #counted(text: string): string {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line += 1;
    return text;
  }
}

function lengthOfAscii(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] as number) < 0x80) at += 1;
  return at;
}

/** Whether bytes, of which the last character may be cut off, are UTF-8. */
function startsAsUtf8(bytes: Buffer): boolean {
  return [0, 1, 2, 3].some((cut) => cut <= bytes.length && isUtf8(bytes.subarray(0, bytes.length - cut)));
}
