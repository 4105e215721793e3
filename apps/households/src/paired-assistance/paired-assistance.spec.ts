import 'reflect-metadata';
import { PairedAssistance } from './paired-assistance.entity.ts';

function assistance(given: Partial<PairedAssistance> = {}): PairedAssistance {
  return Object.assign(new PairedAssistance(), {
    householdId: '0198c000-0000-7000-8000-000000000001',
    cadreId: '0198c000-0000-7000-8000-000000000002',
    residentialAreaId: '0198c000-0000-7000-8000-000000000003',
    validFrom: '2018-01-01',
    validTo: null,
    consentedOn: '2017-12-20',
    ...given,
  });
}

describe('a paired assistance', () => {
  it('ends on the day its helper leaves, and says so with its whole record', () => {
    const helped = assistance();
    const facts = helped.end('2018-08-17', 'HELPER_LEFT');
    expect(helped).toMatchObject({ validTo: '2018-08-17', endReason: 'HELPER_LEFT' });
    expect(facts).toEqual([
      {
        type: 'pairedAssistance.ended',
        data: { on: '2018-08-17', reason: 'HELPER_LEFT', record: { ...helped.record(), until: '2018-08-17' } },
      },
    ]);
  });

  it('that is over stays as it ended, and nobody is told again', () => {
    const over = assistance({ validTo: '2018-05-01', endReason: 'CONSENT_WITHDRAWN' });
    expect(over.end('2018-08-17', 'HELPER_LEFT')).toEqual([]);
    expect(over).toMatchObject({ validTo: '2018-05-01', endReason: 'CONSENT_WITHDRAWN' });
  });

  it('that was to begin later never holds', () => {
    const planned = assistance({ validFrom: '2018-09-01' });
    planned.end('2018-08-17', 'HELPER_LEFT');
    expect(planned.validTo).toBe('2018-09-01');
  });

  it('that ends later than its helper leaves ends with the helper', () => {
    const ending = assistance({ validTo: '2018-12-31', endReason: 'HARDSHIP_CLOSED' });
    expect(ending.end('2018-08-17', 'HELPER_LEFT')).toHaveLength(1);
    expect(ending.validTo).toBe('2018-08-17');
  });
});
