/**
 * Public holidays and make-up working days (调休) as the State Council's General Office arranged them, year by year.
 * `off`: days off that would otherwise be worked, and holidays that fall on a weekend; `on`: weekend days that are worked.
 * A year that is not here has no arrangement yet: only weekends are off in it, and `isArranged` says so.
 */
export const arrangements: Readonly<
  Record<number, { readonly off: readonly string[]; readonly on: readonly string[] }>
> = {
  2017: {
    off: [
      ...days('2017-01-01', 2),
      ...days('2017-01-27', 7),
      ...days('2017-04-02', 3),
      ...days('2017-04-29', 3),
      ...days('2017-05-28', 3),
      ...days('2017-10-01', 8),
    ],
    on: ['2017-01-22', '2017-02-04', '2017-04-01', '2017-05-27', '2017-09-30'],
  },
  2018: {
    off: [
      ...days('2017-12-30', 3),
      ...days('2018-02-15', 7),
      ...days('2018-04-05', 3),
      ...days('2018-04-29', 3),
      ...days('2018-06-16', 3),
      ...days('2018-09-22', 3),
      ...days('2018-10-01', 7),
    ],
    on: ['2018-02-11', '2018-02-24', '2018-04-08', '2018-04-28', '2018-09-29', '2018-09-30'],
  },
  2019: {
    off: [
      ...days('2018-12-30', 3),
      ...days('2019-02-04', 7),
      ...days('2019-04-05', 3),
      ...days('2019-05-01', 4),
      ...days('2019-06-07', 3),
      ...days('2019-09-13', 3),
      ...days('2019-10-01', 7),
    ],
    on: ['2018-12-29', '2019-02-02', '2019-02-03', '2019-04-28', '2019-05-05', '2019-09-29', '2019-10-12'],
  },
};

function days(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, at) => new Date(start + at * 86_400_000).toISOString().slice(0, 10));
}
