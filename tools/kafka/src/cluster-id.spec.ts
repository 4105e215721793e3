import { randomBytes } from 'node:crypto';
import { clusterId } from './cluster-id.ts';

describe('the id of a cluster', () => {
  it('never looks like an option of the storage tool, whatever its first byte', () => {
    const ids = Array.from({ length: 256 }, (_, first) => clusterId(Buffer.from([first, ...randomBytes(15)])));
    expect(ids.filter((id) => !/^[A-Za-z][\w-]{21}$/.test(id))).toEqual([]);
  });

  it('is as random as what it is given', () => {
    expect(clusterId(Buffer.alloc(16, 1))).not.toBe(clusterId(Buffer.alloc(16, 2)));
  });
});
