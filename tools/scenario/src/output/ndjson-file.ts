import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { ImportLine } from './import-line.ts';

/** What the manifest says of a file. */
export interface WrittenFile {
  lines: number;
  bytes: number;
  sha256: string;
  /** Lines by type. */
  types: Record<string, number>;
}

/** Characters gathered before they are written: large writes are cheap, and memory stays bounded. */
const CHUNK = 1 << 18;

/** Writes objects as they come, one a line; keeps none of them. */
export function writeNdjson(path: string, lines: Iterable<ImportLine>): WrittenFile {
  const file = openSync(path, 'w');
  const hash = createHash('sha256');
  const written: WrittenFile = { lines: 0, bytes: 0, sha256: '', types: {} };
  let chunk = '';
  const flush = (): void => {
    const bytes = Buffer.from(chunk);
    hash.update(bytes);
    written.bytes += bytes.length;
    for (let from = 0; from < bytes.length;) from += writeSync(file, bytes, from);
    chunk = '';
  };
  try {
    for (const line of lines) {
      chunk += `${JSON.stringify(line)}\n`;
      written.lines += 1;
      written.types[line.type] = (written.types[line.type] ?? 0) + 1;
      if (chunk.length >= CHUNK) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
  written.sha256 = hash.digest('hex');
  return written;
}
