/*
 * Why: this is the program of the planning thread and nothing else, so that what runs there is seen at a glance:
 * planner.ts, asked by messages.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { planner } from './planner.ts';
import type { PlanMessage, PlannedMessage } from './planning-thread.ts';

const { plan } = planner((workerData as { supergraph: string }).supergraph);

parentPort?.on('message', ({ id, ...request }: PlanMessage) => {
  parentPort?.postMessage(answer(id, request));
});

function answer(id: number, request: Omit<PlanMessage, 'id'>): PlannedMessage {
  try {
    return { id, plan: plan(request) };
  } catch (error) {
    return { id, refused: error instanceof Error ? error.message : String(error) };
  }
}
