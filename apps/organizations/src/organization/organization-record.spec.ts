import { organizationRecord } from '@frontline/events';
import { organizationRecordOf } from './organization-record.ts';

const id = (n: number) => `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`;
const today = '2018-08-17';
const area = {
  id: id(3),
  code: '310110101001',
  kind: 'RESIDENTIAL_AREA',
  status: 'ACTIVE',
  validFrom: '2000-01-01',
} as const;

describe('the record of an organization', () => {
  it('has the path from the root down to itself, and its parent', () => {
    const record = organizationRecordOf(
      area,
      new Map([
        [id(3), id(2)],
        [id(2), id(1)],
      ]),
      today,
    );
    expect(record.path).toEqual([id(1), id(2), id(3)]);
    expect(record.parentId).toBe(id(2));
    expect(organizationRecord.schema.parse(record)).toEqual(record);
  });

  it('of a root has itself as path and no parent', () => {
    const record = organizationRecordOf({ ...area, id: id(1) }, new Map(), today);
    expect(record.path).toEqual([id(1)]);
    expect(record).not.toHaveProperty('parentId');
  });

  it('ends even where parents run in a circle', () => {
    expect(
      organizationRecordOf(
        area,
        new Map([
          [id(3), id(2)],
          [id(2), id(3)],
        ]),
        today,
      ).path,
    ).toEqual([id(2), id(3)]);
  });

  it('leaves out what is not known', () => {
    expect(organizationRecordOf({ ...area, sector: null, validTo: null }, new Map(), today)).not.toHaveProperty(
      'until',
    );
    expect(organizationRecordOf({ ...area, validTo: '2019-01-01' }, new Map(), today).until).toBe('2019-01-01');
  });

  it('says of an end that lies ahead when it will be, and that it exists until then', () => {
    const merged = { ...area, status: 'MERGED', validTo: '2019-01-01' } as const;
    expect(organizationRecordOf(merged, new Map(), '2018-12-31')).toMatchObject({
      status: 'ACTIVE',
      until: '2019-01-01',
    });
    expect(organizationRecordOf(merged, new Map(), '2019-01-01').status).toBe('MERGED');
  });
});
