/** One holiday of a year as it was arranged. */
export interface Holiday {
  readonly zh: string;
  readonly en: string;
  /** Days off in a row, weekend days among them included. */
  readonly off: readonly string[];
  /** Weekend days that are worked instead (调休). */
  readonly on: readonly string[];
}

/** What holidays are called. */
const names = {
  newYear: { zh: '元旦', en: 'New Year' },
  springFestival: { zh: '春节', en: 'Spring Festival' },
  qingming: { zh: '清明节', en: 'Qingming Festival' },
  labourDay: { zh: '劳动节', en: 'Labour Day' },
  dragonBoat: { zh: '端午节', en: 'Dragon Boat Festival' },
  midAutumn: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  nationalDay: { zh: '国庆节', en: 'National Day' },
  nationalDayAndMidAutumn: { zh: '国庆节、中秋节', en: 'National Day and Mid-Autumn Festival' },
};

/**
 * Public holidays and make-up working days (调休) by year, as the notices of the State Council's General Office on the
 * arrangement of that year's holidays (国务院办公厅关于部分节假日安排的通知) have them. A holiday stands in the year whose
 * notice arranged it, also with days of the December before. 2020's Spring Festival is as the notice of 26 January 2020
 * extended it (to 2 February, so that the Saturday of the 1st was not made up after all).
 *
 * Every notice but that one gives as many weekdays off, less the days made up, as the law has statutory holidays: 11,
 * and 13 from 2025 on. The test holds the data to that. A year that is not here is not arranged: see `isArranged`.
 */
export const arrangements: Readonly<Record<number, readonly Holiday[]>> = {
  2017: [
    holiday(names.newYear, '2017-01-01', 2),
    holiday(names.springFestival, '2017-01-27', 7, '2017-01-22', '2017-02-04'),
    holiday(names.qingming, '2017-04-02', 3, '2017-04-01'),
    holiday(names.labourDay, '2017-04-29', 3),
    holiday(names.dragonBoat, '2017-05-28', 3, '2017-05-27'),
    holiday(names.nationalDayAndMidAutumn, '2017-10-01', 8, '2017-09-30'),
  ],
  2018: [
    holiday(names.newYear, '2017-12-30', 3),
    holiday(names.springFestival, '2018-02-15', 7, '2018-02-11', '2018-02-24'),
    holiday(names.qingming, '2018-04-05', 3, '2018-04-08'),
    holiday(names.labourDay, '2018-04-29', 3, '2018-04-28'),
    holiday(names.dragonBoat, '2018-06-16', 3),
    holiday(names.midAutumn, '2018-09-22', 3),
    holiday(names.nationalDay, '2018-10-01', 7, '2018-09-29', '2018-09-30'),
  ],
  2019: [
    holiday(names.newYear, '2018-12-30', 3, '2018-12-29'),
    holiday(names.springFestival, '2019-02-04', 7, '2019-02-02', '2019-02-03'),
    holiday(names.qingming, '2019-04-05', 3),
    holiday(names.labourDay, '2019-05-01', 4, '2019-04-28', '2019-05-05'),
    holiday(names.dragonBoat, '2019-06-07', 3),
    holiday(names.midAutumn, '2019-09-13', 3),
    holiday(names.nationalDay, '2019-10-01', 7, '2019-09-29', '2019-10-12'),
  ],
  2020: [
    holiday(names.newYear, '2020-01-01', 1),
    holiday(names.springFestival, '2020-01-24', 10, '2020-01-19'),
    holiday(names.qingming, '2020-04-04', 3),
    holiday(names.labourDay, '2020-05-01', 5, '2020-04-26', '2020-05-09'),
    holiday(names.dragonBoat, '2020-06-25', 3, '2020-06-28'),
    holiday(names.nationalDayAndMidAutumn, '2020-10-01', 8, '2020-09-27', '2020-10-10'),
  ],
  2021: [
    holiday(names.newYear, '2021-01-01', 3),
    holiday(names.springFestival, '2021-02-11', 7, '2021-02-07', '2021-02-20'),
    holiday(names.qingming, '2021-04-03', 3),
    holiday(names.labourDay, '2021-05-01', 5, '2021-04-25', '2021-05-08'),
    holiday(names.dragonBoat, '2021-06-12', 3),
    holiday(names.midAutumn, '2021-09-19', 3, '2021-09-18'),
    holiday(names.nationalDay, '2021-10-01', 7, '2021-09-26', '2021-10-09'),
  ],
  2022: [
    holiday(names.newYear, '2022-01-01', 3),
    holiday(names.springFestival, '2022-01-31', 7, '2022-01-29', '2022-01-30'),
    holiday(names.qingming, '2022-04-03', 3, '2022-04-02'),
    holiday(names.labourDay, '2022-04-30', 5, '2022-04-24', '2022-05-07'),
    holiday(names.dragonBoat, '2022-06-03', 3),
    holiday(names.midAutumn, '2022-09-10', 3),
    holiday(names.nationalDay, '2022-10-01', 7, '2022-10-08', '2022-10-09'),
  ],
  2023: [
    holiday(names.newYear, '2022-12-31', 3),
    holiday(names.springFestival, '2023-01-21', 7, '2023-01-28', '2023-01-29'),
    holiday(names.qingming, '2023-04-05', 1),
    holiday(names.labourDay, '2023-04-29', 5, '2023-04-23', '2023-05-06'),
    holiday(names.dragonBoat, '2023-06-22', 3, '2023-06-25'),
    holiday(names.nationalDayAndMidAutumn, '2023-09-29', 8, '2023-10-07', '2023-10-08'),
  ],
  2024: [
    holiday(names.newYear, '2024-01-01', 1),
    holiday(names.springFestival, '2024-02-10', 8, '2024-02-04', '2024-02-18'),
    holiday(names.qingming, '2024-04-04', 3, '2024-04-07'),
    holiday(names.labourDay, '2024-05-01', 5, '2024-04-28', '2024-05-11'),
    holiday(names.dragonBoat, '2024-06-10', 1),
    holiday(names.midAutumn, '2024-09-15', 3, '2024-09-14'),
    holiday(names.nationalDay, '2024-10-01', 7, '2024-09-29', '2024-10-12'),
  ],
  2025: [
    holiday(names.newYear, '2025-01-01', 1),
    holiday(names.springFestival, '2025-01-28', 8, '2025-01-26', '2025-02-08'),
    holiday(names.qingming, '2025-04-04', 3),
    holiday(names.labourDay, '2025-05-01', 5, '2025-04-27'),
    holiday(names.dragonBoat, '2025-05-31', 3),
    holiday(names.nationalDayAndMidAutumn, '2025-10-01', 8, '2025-09-28', '2025-10-11'),
  ],
  2026: [
    holiday(names.newYear, '2026-01-01', 3, '2026-01-04'),
    holiday(names.springFestival, '2026-02-15', 9, '2026-02-14', '2026-02-28'),
    holiday(names.qingming, '2026-04-04', 3),
    holiday(names.labourDay, '2026-05-01', 5, '2026-05-09'),
    holiday(names.dragonBoat, '2026-06-19', 3),
    holiday(names.midAutumn, '2026-09-25', 3),
    holiday(names.nationalDay, '2026-10-01', 7, '2026-09-20', '2026-10-10'),
  ],
};

/** A holiday of some days in a row from the first, and the weekend days worked for it. */
function holiday(name: { zh: string; en: string }, first: string, days: number, ...on: string[]): Holiday {
  const start = Date.parse(`${first}T00:00:00Z`);
  const off = Array.from({ length: days }, (_, at) => new Date(start + at * 86_400_000).toISOString().slice(0, 10));
  return { ...name, off, on };
}
