/** A side of a benchmark that says its process id. */
import { serveBench } from './forked.ts';

serveBench(String(process.pid));
setInterval(() => undefined, 1_000);
