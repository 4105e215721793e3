import { load, median, quantile, type Asked } from './load.ts';
import { expectReader, print } from './printing.ts';

/** One of the things that a comparison sets side by side. */
export interface Side {
  name: string;
  /** What is sent; called for every request. */
  asked: () => Promise<Asked>;
  /** CPU seconds, statements and memory of the processes whose cost is compared, since they began. */
  used(): Promise<{ cpu: number; statements: number; resident: number }>;
}

interface Round {
  rps: number;
  p50: number;
  p99: number;
  cpu: number;
  statements: number;
  resident: number;
}

/**
 * Lets the sides take turns, `rounds` times after one that isn't counted (compilers of hot code need some thousand
 * requests), and prints the medians with their ratio to the first side.
 */
export async function compare(
  title: string,
  sides: readonly Side[],
  { rounds, requests, concurrency }: { rounds: number; requests: number; concurrency: number },
): Promise<void> {
  const results = new Map<string, Round[]>(sides.map(({ name }) => [name, []]));
  for (const side of sides) await load(side.asked, { requests, concurrency });
  for (let round = 0; round < rounds; round += 1) {
    // whoever goes first in one round goes last in the next, so that a machine that slows down wrongs nobody
    for (const side of round % 2 ? [...sides].reverse() : sides) {
      expectReader();
      const before = await side.used();
      const run = await load(side.asked, { requests, concurrency });
      const after = await side.used();
      results.get(side.name)?.push({
        rps: run.requests / run.seconds,
        p50: quantile(run.latencies, 0.5),
        p99: quantile(run.latencies, 0.99),
        cpu: ((after.cpu - before.cpu) * 1000) / run.requests,
        statements: (after.statements - before.statements) / run.requests,
        resident: after.resident,
      });
    }
  }
  printTable(
    title,
    results,
    `${rounds} rounds of ${requests} requests, ${concurrency} at a time, sides in turn; medians`,
  );
}

function printTable(title: string, results: ReadonlyMap<string, readonly Round[]>, how: string): void {
  const rows = [...results].map(([name, rounds]) => {
    const middle = (key: keyof Round) => median(rounds.map((round) => round[key]));
    return { name, rounds, cpu: middle('cpu'), middle };
  });
  const first = rows[0]?.cpu ?? Number.NaN;
  print(`\n## ${title}\n\n${how}.\n\n`);
  print(
    '| side | CPU s / 1000 | × first | each round | requests / s | p50 ms | p99 ms | SQL / request | MB |\n' +
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n',
  );
  for (const { name, rounds, cpu, middle } of rows)
    print(
      `| ${[
        name,
        cpu.toFixed(2),
        (cpu / first).toFixed(2),
        rounds.map((round) => round.cpu.toFixed(2)).join(' '),
        middle('rps').toFixed(0),
        middle('p50').toFixed(0),
        middle('p99').toFixed(0),
        middle('statements').toFixed(1),
        (middle('resident') / 1_048_576).toFixed(0),
      ].join(' | ')} |\n`,
    );
}
