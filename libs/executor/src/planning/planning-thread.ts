/*
 * Why: while a plan is made, the thread that makes it does nothing else; on the main thread every other client would
 * wait for it. So plans are made in a thread of their own, one for each supergraph, which also keeps the planner's large
 * tables out of the main thread's garbage collection.
 */
import type { PlanNode } from '@apollo/query-planner';
import { Worker } from 'node:worker_threads';
import type { PlanRequest } from './planner.ts';

/** Makes plans in another thread. */
export interface PlanningThread {
  plan(request: PlanRequest): Promise<PlanNode | undefined>;
  /** Ends the thread; plans that are still being made are refused. */
  stop(): Promise<void>;
}

/** What the thread is sent. */
export interface PlanMessage extends PlanRequest {
  id: number;
}

/** What the thread sends back. */
export type PlannedMessage = { id: number; plan: PlanNode | undefined } | { id: number; refused: string };

/** Starts a thread that plans for a supergraph. It does not keep the process alive. Requests are planned in their order. */
export function planningThread(supergraph: string): PlanningThread {
  // Beside this file, in source and built form alike
  const program = new URL(import.meta.url.replace(/planning-thread(\.\w+)$/, 'planning-worker$1'));
  const worker = new Worker(program, { workerData: { supergraph }, execArgv: ['--no-warnings'] });
  worker.unref();
  let ended: Error | undefined;
  let counter = 0;
  const waiting = new Map<number, { resolve(plan: PlanNode | undefined): void; reject(error: Error): void }>();
  worker.on('message', (message: PlannedMessage) => {
    const request = waiting.get(message.id);
    waiting.delete(message.id);
    if ('refused' in message) request?.reject(new Error(message.refused));
    else request?.resolve(message.plan);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('the planning thread has ended')));

  return {
    plan(request) {
      if (ended) return Promise.reject(ended);
      return new Promise((resolve, reject) => {
        counter += 1;
        waiting.set(counter, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: counter, ...request } satisfies PlanMessage);
      });
    },
    async stop() {
      end(new Error('the planning thread was stopped'));
      await worker.terminate();
    },
  };

  function end(error: Error): void {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }
}
