import { contactSchemeImporter } from './contact-scheme.imports.ts';

const withRecurrence = (recurrence: string) => ({
  id: '0b0c8b5a-6a63-4b3c-9d0d-0f5a5f0e8a11',
  code: 'division-residential-area',
  nameZh: '处级干部定点联系居民区',
  nameEn: 'Division-level cadres contact residential areas',
  versions: [
    {
      version: 1,
      validFrom: '2005-01-01',
      contactor: { kind: 'CADRE' },
      target: { kinds: ['RESIDENTIAL_AREA'] },
      duties: [{ code: 'visit', activity: 'VISIT', recurrence, windowDays: 1, dayOffRule: 'AFTER' }],
      source: 'SEED',
    },
  ],
});

describe('the import of a contact scheme', () => {
  it('takes a recurrence of RFC 5545', () =>
    expect(contactSchemeImporter.schema.safeParse(withRecurrence('FREQ=MONTHLY;BYDAY=2TH')).success).toBe(true));

  it('refuses another, naming the field, the part and the rule it breaks', () => {
    const [issue] =
      contactSchemeImporter.schema.safeParse(withRecurrence('FREQ=MONTHLY;BYMONTHDAY=32')).error?.issues ?? [];
    expect(issue?.path.join('.')).toBe('versions.0.duties.0.recurrence');
    expect(issue?.message).toBe('BYMONTHDAY must be a list, each a day from 1 to 31 or -31 to -1');
  });
});
