import { isDay, isInstant } from './scalars.ts';

describe('days and instants', () => {
  it.each(['2018-08-17', '2016-02-29', '2000-02-29', '1999-12-31'])('%s is a day', (text) =>
    expect(isDay(text)).toBe(true),
  );
  it.each([
    '2018-02-30',
    '2017-02-29',
    '1900-02-29',
    '2018-13-01',
    '2018-00-10',
    '2018-1-1',
    '18-08-17',
    '2018-08-17T00:00:00Z',
    '',
    '0000-01-01',
  ])('%s is none', (text) => expect(isDay(text)).toBe(false));
  it.each(['2018-08-17T09:30:00+08:00', '2018-08-17T09:30Z', '2018-08-17T09:30:00.123456Z'])(
    '%s is an instant',
    (text) => expect(isInstant(text)).toBe(true),
  );
  it.each([
    '2018-08-17T09:30:00',
    '2018-02-30T09:30:00Z',
    '2018-08-17',
    '2018-08-17T25:00:00Z',
    '2018-08-17 09:30:00Z',
  ])('%s is none', (text) => expect(isInstant(text)).toBe(false));
});
