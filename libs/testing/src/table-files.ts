import { writeXlsx } from 'hucre/xlsx';
import type { Actor } from '@frontline/access';
import { eventually } from './eventually.ts';
import type { Row, SubgraphUnderTest } from './subgraph-under-test.ts';

const settledStates = ['CHECKED', 'DONE', 'FAILED', 'CANCELLED', 'UNDONE'];

/** A workbook of one sheet, of which numbers stay numbers, as Excel keeps what somebody types into an unformatted column. */
export async function workbook(rows: readonly (readonly (string | number)[])[]): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: 'Sheet1', rows: rows.map((row) => [...row]) }] });
}

/** What specs do with the table files of a service, as somebody. */
export class TableFiles {
  readonly #subgraph: SubgraphUnderTest;
  readonly #service: string;
  readonly #actor: Actor;
  #keys = 0;

  constructor(subgraph: SubgraphUnderTest, service: string, actor: Actor) {
    this.#subgraph = subgraph;
    this.#service = service;
    this.#actor = actor;
  }

  /** Sends a file and gives back its batch once it is dealt with; throws what it is refused with. */
  async bring(kind: string, file: Uint8Array | string, query = ''): Promise<Row> {
    const { status, json } = await this.#subgraph.file(this.#actor, `/files/imports/${kind}?${query}`, file);
    if (status !== 202) throw new Error(JSON.stringify(json));
    return this.settled(json['id'] as string);
  }

  /** The code with which a file is refused; empty when it isn't. */
  async refusal(kind: string, file: Uint8Array | string, query = ''): Promise<string> {
    const { json } = await this.#subgraph.file(this.#actor, `/files/imports/${kind}?${query}`, file);
    return (json as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code ?? '';
  }

  /** The bytes of an export. */
  async take(kind: string, query = ''): Promise<Buffer> {
    const { status, bytes } = await this.#subgraph.file(this.#actor, `/files/exports/${kind}?${query}`);
    if (status !== 200) throw new Error(bytes.toString());
    return bytes;
  }

  /** Commits, cancels or undoes a batch, and gives it back once that is done. */
  async move(move: 'commit' | 'cancel' | 'undo', id: string): Promise<Row> {
    const field = `${move}${this.#service.charAt(0).toUpperCase()}${this.#service.slice(1)}Import`;
    await this.#subgraph.answer(this.#actor, `mutation($input: ImportBatchInput!) { ${field}(input: $input) { id } }`, {
      input: { idempotencyKey: `spec-${field}-${(this.#keys += 1)}`, id },
    });
    return this.settled(id);
  }

  /** A batch once it is dealt with, with its first hundred issues. */
  settled(id: string): Promise<Row> {
    return eventually(
      'the import is dealt with',
      () => this.batch(id),
      (batch) => settledStates.includes(batch['state'] as string),
    );
  }

  /** A batch as it stands. */
  async batch(id: string): Promise<Row> {
    const field = `${this.#service}ImportBatch`;
    const data = await this.#subgraph.answer(
      this.#actor,
      `query($id: ID!) { ${field}(id: $id) { id kind state dryRun source format encoding failedAtRow
        progress { total read accepted created updated unchanged refused undone kept }
        issues(first: 100) { totalCount nodes { row column code zh en } } } }`,
      { id },
    );
    return data[field] as Row;
  }
}
