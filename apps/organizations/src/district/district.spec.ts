import 'reflect-metadata';
import { graphql } from 'graphql';
import { schemaOf } from '@frontline/platform';
import { organizations } from '../subgraph.ts';

/** Asks as nobody, on a day of the scenario; what is asked here reads no database. */
async function ask(source: string) {
  const { schema } = await schemaOf(organizations);
  return graphql({ schema, source, contextValue: { actor: { kind: 'anonymous' }, today: () => '2018-09-29' } });
}

describe('the working calendar', () => {
  it('says of today why it is worked', async () => {
    const { data } = await ask('{ calendarDay { day kind isWorkingDay isArranged holiday { zh en } } }');
    expect(data?.['calendarDay']).toEqual({
      day: '2018-09-29',
      kind: 'MAKE_UP',
      isWorkingDay: true,
      isArranged: true,
      holiday: { zh: '国庆节', en: 'National Day' },
    });
  });

  it('lists days, both ends included, and says where no arrangement is known', async () => {
    const { data } = await ask(
      '{ calendar(from: "2018-09-30", to: "2018-10-01") { day kind } calendarDay(on: "2031-10-01") { kind isArranged } }',
    );
    expect(data).toEqual({
      calendar: [
        { day: '2018-09-30', kind: 'MAKE_UP' },
        { day: '2018-10-01', kind: 'HOLIDAY' },
      ],
      calendarDay: { kind: 'WORKDAY', isArranged: false },
    });
  });

  it('gives a year, and not a day more', async () => {
    const year = await ask('{ calendar(from: "2020-01-01", to: "2020-12-31") { day } }');
    expect(year.data?.['calendar']).toHaveLength(366);
    const more = await ask('{ calendar(from: "2020-01-01", to: "2021-01-01") { day } }');
    expect(more.errors?.map(({ message }) => message)).toEqual(['to: must lie within 366 days of from.']);
    const back = await ask('{ calendar(from: "2020-01-02", to: "2020-01-01") { day } }');
    expect(back.errors?.map(({ message }) => message)).toEqual(['to: must not lie before from.']);
  });
});

describe('the names of enum values', () => {
  it('are asked for enums of whichever service', async () => {
    const { data } = await ask(
      '{ enumNames(names: ["DayKind", "CaseState", "CadreRank"]) { name values { value zh en } } }',
    );
    const names = data?.['enumNames'] as { name: string; values: { value: string; zh: string; en: string }[] }[];
    expect(names.map(({ name }) => name)).toEqual(['DayKind', 'CaseState', 'CadreRank']);
    expect(names[0]?.values).toContainEqual({ value: 'MAKE_UP', zh: '调休上班', en: 'Make-up working day' });
    expect(names[2]?.values.map(({ value }) => value)).toEqual(['BUREAU', 'DIVISION', 'SECTION', 'STAFF']);
  });

  it('are refused for an enum that the graph does not have', async () => {
    const { errors } = await ask('{ enumNames(names: ["Colour"]) { name } }');
    expect(errors?.map(({ message }) => message)).toEqual(['names: the graph has no enum Colour.']);
  });
});
