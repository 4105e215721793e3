import { Registry } from 'prom-client';
import { durations } from './durations.ts';

describe('durations', () => {
  it('are all counted whenever somebody reads them', async () => {
    const metrics = new Registry();
    const labels = ['route', 'status'] as const;
    const observe = durations({ name: 'seconds', help: 'Seconds', labels, buckets: [0.1, 1], metrics });
    const read = async () => (await metrics.metrics()).split('\n').filter((line) => line.startsWith('seconds'));
    expect(await read()).toEqual([]);
    for (let n = 0; n < 1_000; n += 1) observe('/a', 200, n % 2 ? 0.0625 : 0.5);
    observe('/a', 500, 2);
    const first = [
      'seconds_bucket{le="0.1",route="/a",status="200"} 500',
      'seconds_bucket{le="1",route="/a",status="200"} 1000',
      'seconds_bucket{le="+Inf",route="/a",status="200"} 1000',
      'seconds_sum{route="/a",status="200"} 281.25',
      'seconds_count{route="/a",status="200"} 1000',
      'seconds_bucket{le="0.1",route="/a",status="500"} 0',
      'seconds_bucket{le="1",route="/a",status="500"} 0',
      'seconds_bucket{le="+Inf",route="/a",status="500"} 1',
      'seconds_sum{route="/a",status="500"} 2',
      'seconds_count{route="/a",status="500"} 1',
    ];
    expect(await read()).toEqual(first);
    expect(await read()).toEqual(first);
    observe('/a', 500, 0.5);
    expect((await read()).slice(-2)).toEqual([
      'seconds_sum{route="/a",status="500"} 2.5',
      'seconds_count{route="/a",status="500"} 2',
    ]);
  });
});
