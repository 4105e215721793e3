import { propagation, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { startSmallDistrict, type SmallDistrict } from '../small-district.fixture.ts';

/** What an SDK that is loaded into the process does. */
const exporter = new InMemorySpanExporter();
new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();

let district: SmallDistrict;
beforeAll(async () => {
  district = await startSmallDistrict();
});
afterAll(async () => {
  await district.stop();
  trace.disable();
  propagation.disable();
});
beforeEach(() => exporter.reset());

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };

const spans = () =>
  exporter.getFinishedSpans().map((span) => ({
    trace: span.spanContext().traceId,
    parent: span.parentSpanId,
    subgraph: span.attributes['frontline.subgraph'],
    fetches: span.attributes['frontline.fetches'],
    isFailed: span.status.code === 2,
  }));

it('each request to a service is a span of the caller’s trace, which the service goes on with', async () => {
  const { data } = await district.ask('{ cadre(id: "4") { name openCases superior { openCases } } }', { headers });
  expect(data).toEqual({ cadre: { name: 'cadre 4', openCases: 3, superior: { openCases: 3 } } });
  const expected = { trace: TRACE, parent: '00f067aa0ba902b7', isFailed: false };
  expect(spans()).toEqual([
    { ...expected, subgraph: 'personnel', fetches: 1 },
    // two fetches of the plan, which travel together
    { ...expected, subgraph: 'cases', fetches: 2 },
  ]);
  const received = [...district.personnel.asked, ...district.cases.asked].map((each) => each.headers['traceparent']);
  const ids = exporter.getFinishedSpans().map((span) => `00-${TRACE}-${span.spanContext().spanId}-01`);
  expect(received.slice(-2)).toEqual(ids);
});
