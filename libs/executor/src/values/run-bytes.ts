/*
 * Why: most of what subgraphs answer is looked at by nobody: names, texts and dates go to the client as they came. Made
 * into strings they are thousands of small objects, which live until the slowest subgraph has answered and are moved
 * about by the garbage collector meanwhile; then each is written out again, character by character. So such a value
 * stays where it stands, in the bytes of the answer, and what stands for it in the data is the place of its first byte:
 * a small number, which takes no memory of its own. The writer copies it from there.
 *
 * All answers of one request stand behind each other in one place, so that a number is enough to find a value.
 */

/** Places that are used again, so that a request doesn't cost new memory. */
const free: Buffer[] = [];

/** So many of them are kept, each no larger than this. */
const MOST_KEPT = 32;
const LARGEST_KEPT = 256 * 1024;
const SMALLEST = 16 * 1024;

const NONE = Buffer.alloc(0);

/** The bytes of all answers of one request: JSON in UTF-8. */
export class RunBytes {
  #bytes: Buffer = NONE;
  #length = 0;

  /** All bytes so far. What was added later stands further on; places stay what they are. */
  get all(): Buffer {
    return this.#bytes;
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds bytes and returns where they begin. */
  add(more: Uint8Array): number {
    const from = this.#length;
    const length = from + more.length;
    if (length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(more, from);
    this.#length = length;
    return from;
  }

  /** Gives the place back, once the request is answered. What would still be added then stands in another one. */
  release(): void {
    const bytes = this.#bytes;
    this.#bytes = NONE;
    this.#length = 0;
    if (bytes.length > 0 && bytes.length <= LARGEST_KEPT && free.length < MOST_KEPT) free.push(bytes);
  }

  #grow(length: number): void {
    const before = this.#bytes;
    const kept = before === NONE ? free.pop() : undefined;
    this.#bytes =
      kept && kept.length >= length ? kept : Buffer.allocUnsafeSlow(Math.max(length, before.length * 2, SMALLEST));
    before.copy(this.#bytes, 0, 0, this.#length);
  }
}

const code = (character: string) => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const OPENING = [code('{'), code('[')];
const CLOSING = [code('}'), code(']')];

/** The value at a place of some JSON that is known to be valid. */
export function valueAt(bytes: Buffer, at: number): unknown {
  const end = endOf(bytes, at);
  const text = bytes.toString('utf8', at, end);
  return bytes[at] === QUOTE && !text.includes('\\') ? text.slice(1, -1) : JSON.parse(text);
}

/** Where a string ends that begins at this place, behind its closing quote. */
export function endOfString(bytes: Buffer, at: number): number {
  let end = at + 1;
  for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[end]) end += byte === BACKSLASH ? 2 : 1;
  return end + 1;
}

function endOf(bytes: Buffer, at: number): number {
  const first = bytes[at] as number;
  if (first === QUOTE) return endOfString(bytes, at);
  let end = at;
  if (!OPENING.includes(first)) {
    while (isOfWord(bytes[end])) end += 1;
    return end;
  }
  let depth = 0;
  do {
    const byte = bytes[end] as number;
    if (OPENING.includes(byte)) depth += 1;
    if (CLOSING.includes(byte)) depth -= 1;
    end = byte === QUOTE ? endOfString(bytes, end) : end + 1;
  } while (depth > 0);
  return end;
}

/** Whether a byte may stand in a number, `true` or `false`. */
function isOfWord(byte: number | undefined): boolean {
  return byte !== undefined && /[\w.+-]/.test(String.fromCharCode(byte));
}
