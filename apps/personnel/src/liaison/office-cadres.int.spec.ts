import 'reflect-metadata';
import { TableFiles } from '@frontline/testing';
import { cadre, idOf, key, keeper, smallDistrict, TODAY, type SmallDistrict } from '../small-district.fixture.ts';

describe('a liaison is an office cadre', () => {
  let district: SmallDistrict;
  beforeEach(async () => {
    district = await smallDistrict();
    await district.import([cadre('grassroots', 'STAFF', 'north-1')]);
  });
  afterEach(() => district.stop());

  const assign = (liaison: string) =>
    [
      'mutation ($input: AssignLiaisonInput!) { assignLiaison(input: $input) { id } }',
      {
        input: { idempotencyKey: key(), cadreId: idOf('alone'), liaisonId: idOf(liaison), from: '2018-09-01' },
      },
    ] as const;
  const released = async () => (await district.told('cadre.liaisonReleased')).map(({ payload }) => payload);
  const moved = (name: string, rank: string, organizationName: string, on: string) =>
    cadre(name, rank, organizationName, {
      posts: [
        { organizationId: idOf('department'), title: '科员', from: '2000-07-01', until: on },
        { organizationId: idOf(organizationName), title: '科员', from: on },
      ],
    });

  it('of a department or a subdistrict, and of no residential area', async () => {
    expect(await district.refusal(keeper, ...assign('grassroots'))).toMatchObject({
      code: 'liaison.office',
      field: 'input.liaisonId',
    });
    for (const name of ['second', 'third']) await district.answer(keeper, ...assign(name));
  });

  it('whoever brings them in', async () => {
    const line = { type: 'liaison', id: idOf('l'), cadreId: idOf('alone'), from: '2018-09-01' };
    await expect(district.import([{ ...line, liaisonId: idOf('grassroots') }])).rejects.toMatchObject({
      code: 'liaison.office',
    });
    await district.import([{ ...line, liaisonId: idOf('second') }]);
  });

  it('and goes along no more from the day on which they are transferred to another place', async () => {
    const transfer = { cadreId: idOf('liaison'), title: '社工', organizationId: idOf('north-1'), on: '2018-09-03' };
    await district.answer(keeper, 'mutation ($input: TransferCadreInput!) { transferCadre(input: $input) { id } }', {
      input: { idempotencyKey: key(), ...transfer },
    });
    expect(await released()).toMatchObject([
      { liaisonId: idOf('liaison'), on: '2018-09-03', reason: 'LIAISON_MOVED', record: { id: idOf('leader') } },
    ]);
  });

  it.each([
    ['moves them', moved('liaison', 'STAFF', 'north-1', '2018-08-06'), 'LIAISON_MOVED', '2018-08-06'],
    ['will move them', moved('liaison', 'STAFF', 'north-1', '2018-09-03'), 'LIAISON_MOVED', '2018-09-03'],
    [
      'promotes them',
      cadre('liaison', 'STAFF', 'department', {
        ranks: [
          { rank: 'STAFF', from: '2000-07-01', until: '2018-08-06' },
          { rank: 'DIVISION', from: '2018-08-06' },
        ],
      }),
      'LIAISON_PROMOTED',
      '2018-08-06',
    ],
  ])('and goes along no more where a register %s, once', async (_what, line, reason, on) => {
    for (let times = 0; times < 2; times += 1) await district.import([line]);
    expect(await released()).toMatchObject([
      { liaisonId: idOf('liaison'), on, reason, record: { id: idOf('leader') } },
    ]);
  });

  it('and goes on where a register moves them to another office, or changes something else', async () => {
    await district.import([moved('liaison', 'STAFF', 'north', '2018-08-06')]);
    await district.import([{ ...moved('liaison', 'STAFF', 'north', '2018-08-06'), partyMembership: [] }]);
    expect(await released()).toEqual([]);
  });

  it('of somebody who leads: whoever leads no more by a register goes out alone', async () => {
    const ranks = [
      { rank: 'DIVISION', from: '2000-07-01', until: TODAY },
      { rank: 'SECTION', from: TODAY },
    ];
    await district.import([cadre('leader', 'DIVISION', 'department', { ranks })]);
    expect(await released()).toMatchObject([{ liaisonId: idOf('liaison'), on: TODAY, reason: 'RELEASED' }]);
  });

  it('whom a table does not move away, since undoing it could not bring them back', async () => {
    const tables = new TableFiles(district, 'personnel', keeper);
    const header = '工号,生效日,姓名,性别,出生日期,入职日期,任职';
    const row = (at: string) => `P-liaison,2018-08-06,赵liaison,女,1975-05-05,2000-07-01,${at}`;
    const refused = await tables.bring('cadres', `${header}\r\n${row('north-1/社工/')}\r\n`);
    expect(refused['issues'].nodes).toMatchObject([{ row: 2, column: 'posts', code: 'cadre.othersRest' }]);
    const done = await tables.bring('cadres', `${header}\r\n${row('north/科员/')}\r\n`);
    expect(done['issues'].nodes).toEqual([]);
  });
});
