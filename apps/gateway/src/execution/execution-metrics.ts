import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { UnsupportedReason } from '@frontline/executor';
import type { WarmUp } from './warm-up.ts';

/** What the gateway tells about executing operations. */
export interface ExecutionMetrics {
  /** Counts an operation, by which executor ran it and why it wasn't ours; `nobody` if Apollo's would answer wrongly. */
  executed(by: 'own' | 'apollo' | 'nobody', reason?: UnsupportedReason): void;
  /** Counts links that were null because their services knew nothing of what they lead to. */
  absent(entities: number): void;
  /** Says where the number of compiled operations can be read from now on. */
  keeping(kept: () => { operations: number; bytes: number }): void;
  /** Says what became of the operations that are known beforehand. */
  warmedUp(result: WarmUp): void;
  /** The planner, timed. */
  timed<Request, Plan>(plan: (request: Request) => Promise<Plan>): (request: Request) => Promise<Plan>;
}

/** Metrics of execution in a registry. */
export function executionMetrics(metrics: Registry): ExecutionMetrics {
  let kept = () => ({ operations: 0, bytes: 0 });
  const operations = new Counter({
    name: 'operations_executed_total',
    help: 'Operations by the executor that ran them; reason says why it was Apollo’s, or nobody’s',
    labelNames: ['executor', 'reason'],
    registers: [metrics],
  });
  const own = operations.labels({ executor: 'own', reason: '' });
  own.inc(0);
  operations.inc({ executor: 'apollo', reason: '' }, 0);
  const absent = new Counter({
    name: 'absent_entities_total',
    help: 'Links answered with null because the service of what they lead to knows nothing of it, or not for the caller',
    registers: [metrics],
  });
  const planning = new Histogram({
    name: 'operation_planning_seconds',
    help: 'Time until an operation was planned, waiting for the planning thread included; operations are planned once',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics],
  });
  const beforehand = new Gauge({
    name: 'trusted_documents_prepared',
    help: 'Trusted documents by state: planned, unfitting (not valid for the graph in force), left_out (no room)',
    labelNames: ['state'],
    registers: [metrics],
  });
  new Gauge({
    name: 'compiled_operations',
    help: 'Operations that are kept compiled',
    registers: [metrics],
    collect() {
      this.set(kept().operations);
    },
  });
  new Gauge({
    name: 'compiled_operations_bytes',
    help: 'Bytes that compiled operations are taken to need; the oldest are forgotten at OPERATION_CACHE_BYTES',
    registers: [metrics],
    collect() {
      this.set(kept().bytes);
    },
  });
  return {
    executed: (executor, reason = '' as never) =>
      executor === 'own' ? own.inc() : operations.inc({ executor, reason }),
    absent: (entities) => absent.inc(entities),
    keeping(current) {
      kept = current;
    },
    warmedUp({ planned, unfitting, leftOut }) {
      beforehand.set({ state: 'planned' }, planned);
      beforehand.set({ state: 'unfitting' }, unfitting);
      beforehand.set({ state: 'left_out' }, leftOut);
    },
    timed: (plan) => async (request) => {
      const done = planning.startTimer();
      try {
        return await plan(request);
      } finally {
        done();
      }
    },
  };
}
