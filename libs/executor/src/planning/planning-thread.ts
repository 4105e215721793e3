/*
 * Why: while a plan is made, the thread that makes it does nothing else; on the main thread every other client would
 * wait for it. So plans are made in a thread of their own, one for each supergraph, which also keeps the planner's large
 * tables out of the main thread's garbage collection.
 */
import type { PlanNode } from '@apollo/query-planner';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { PlanRequest } from './planner.ts';

/**
 * Megabytes of each half of the thread's young generation. What the main thread needs for answers on their way would
 * lie idle here: planning takes a fourth longer with so little, and 25 MB less. V8 looks at the flag when a thread
 * begins, so this holds for this thread and for those that begin later; a worker's own `resourceLimits` do not go below
 * what the process was started with.
 */
const YOUNG_MB = 2;

/** Makes plans in another thread. */
export interface PlanningThread {
  plan(request: PlanRequest): Promise<PlanNode | undefined>;
  /** Ends the thread for good; plans that are still being made are refused. */
  stop(): Promise<void>;
}

/** What the thread is sent. */
export interface PlanMessage extends PlanRequest {
  id: number;
}

/** What the thread sends back. */
export type PlannedMessage = { id: number; plan: PlanNode | undefined } | { id: number; refused: string };

/**
 * A thread that plans for a supergraph, started at the first request and again should it ever die. It does not keep the
 * process alive. Operations are planned in the order in which they are asked for.
 */
export function planningThread(supergraph: string): PlanningThread {
  let running: Worker | undefined;
  let isStopped = false;
  let counter = 0;
  const waiting = new Map<number, { resolve(plan: PlanNode | undefined): void; reject(error: Error): void }>();

  return {
    plan(request) {
      if (isStopped) return Promise.reject(new Error('the planning thread was stopped'));
      const worker = (running ??= started());
      return new Promise((resolve, reject) => {
        counter += 1;
        waiting.set(counter, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: counter, ...request } satisfies PlanMessage);
      });
    },
    async stop() {
      isStopped = true;
      await running?.terminate();
    },
  };

  function started(): Worker {
    // Beside this file, in source and built form alike
    const program = new URL(import.meta.url.replace(/planning-thread(\.\w+)$/, 'planning-worker$1'));
    setFlagsFromString(`--max-semi-space-size=${YOUNG_MB}`);
    const worker = new Worker(program, { workerData: { supergraph }, execArgv: ['--no-warnings'] });
    worker.on('message', (message: PlannedMessage) => {
      const request = waiting.get(message.id);
      waiting.delete(message.id);
      if ('refused' in message) request?.reject(new Error(message.refused));
      else request?.resolve(message.plan);
      if (waiting.size === 0) worker.unref();
    });
    worker.on('error', (error: Error) => end(worker, error));
    worker.on('exit', () => end(worker, new Error('the planning thread has ended')));
    return worker;
  }

  /** Refuses what was being planned; the next request starts a new thread. */
  function end(worker: Worker, error: Error): void {
    if (running !== worker) return;
    running = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }
}
