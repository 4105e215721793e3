/*
 * Why: an answer of a hundred kilobytes consists of thousands of short strings. Put together with `+` or `join`, each of
 * them is an object that has to be made, kept until the end and collected; written into bytes one after the other, none
 * is. The bytes are UTF-8 (RFC 3629) of JSON (RFC 8259), what goes over the wire, so nothing has to be encoded
 * afterwards. Taking something back (a null that bubbles up) is setting the length back, and what stands in several
 * places is copied from where it was written first.
 */

/** Bytes that are kept from one answer to the next; the place for a larger one is given up after it. */
const KEPT_BYTES = 4 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What follows the backslash for the characters that have an escape of their own (RFC 8259, section 7). */
const escapes = new Map([
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
  [QUOTE, QUOTE],
  [BACKSLASH, BACKSLASH],
]);

/** JSON text being written, as bytes. One is used again and again. */
export class JsonBytes {
  #bytes = Buffer.allocUnsafeSlow(64 * 1024);
  #length = 0;

  /** Bytes written so far: a place to go back to, or to copy from. */
  get length(): number {
    return this.#length;
  }

  /** Forgets everything that was written since the length was this. */
  backTo(length: number): void {
    this.#length = length;
  }

  /** Bytes that are known beforehand, such as the name of a field. */
  raw(known: Uint8Array): void {
    const { length } = known;
    this.#makeRoom(length);
    const bytes = this.#bytes;
    const from = this.#length;
    if (length > 64) bytes.set(known, from);
    else for (let index = 0; index < length; index += 1) bytes[from + index] = known[index] as number;
    this.#length = from + length;
  }

  /** Text that is JSON already. */
  text(text: string): void {
    // a UTF-16 unit takes at most three bytes of UTF-8
    this.#makeRoom(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** A string as JSON. Halves of surrogate pairs that stand alone are escaped, as JSON.stringify does. */
  string(value: string): void {
    const { length } = value;
    // a control character, the longest, is six bytes
    this.#makeRoom(length * 6 + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = QUOTE;
    for (let index = 0; index < length; index += 1) {
      const unit = value.charCodeAt(index);
      if (unit < 0x80) {
        if (unit >= 0x20 && unit !== QUOTE && unit !== BACKSLASH) bytes[at++] = unit;
        else at = escaped(bytes, at, unit);
      } else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else if (unit < 0xd800 || unit > 0xdfff) {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else {
        const point = value.codePointAt(index) as number;
        if (point <= 0xffff) {
          at = escaped(bytes, at, unit);
        } else {
          index += 1;
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
          bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
          bytes[at++] = 0x80 | (point & 0x3f);
        }
      }
    }
    bytes[at++] = QUOTE;
    this.#length = at;
  }

  /** JSON that stands in other bytes. */
  copied(bytes: Buffer, from: number, to: number): void {
    const length = to - from;
    this.#makeRoom(length);
    const into = this.#bytes;
    const at = this.#length;
    if (length > 64) bytes.copy(into, at, from, to);
    else for (let index = 0; index < length; index += 1) into[at + index] = bytes[from + index] as number;
    this.#length = at + length;
  }

  /** Once more what was written from one length to another. */
  again(from: number, to: number): void {
    this.#makeRoom(to - from);
    this.#bytes.copyWithin(this.#length, from, to);
    this.#length += to - from;
  }

  /** All that was written, as bytes of its own; afterwards this is empty. */
  taken(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = Buffer.allocUnsafeSlow(KEPT_BYTES);
    return taken;
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** Writes a unit of UTF-16 that may not stand in JSON as it is; returns where the next one goes. */
function escaped(bytes: Buffer, at: number, unit: number): number {
  bytes[at] = BACKSLASH;
  const short = escapes.get(unit);
  if (short === undefined) return at + 1 + bytes.write(`u${unit.toString(16).padStart(4, '0')}`, at + 1, 'latin1');
  bytes[at + 1] = short;
  return at + 2;
}
