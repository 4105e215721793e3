import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import { AMEND, amendedVisit, type AmendedVisit } from './amended-visit.fixture.ts';
import { RECORD, cadre, idOf, visit } from './contacted-areas.fixture.ts';

const director = cadre('director');
const lift = { text: '加装电梯', disposition: 'OPINION', categoryCode: 'housing.lift' };
const lamp = { text: '路灯不亮', disposition: 'OPINION', categoryCode: 'roads.lamps' };

let visited: AmendedVisit;
let areas: SubgraphUnderTest;

beforeEach(async () => {
  visited = await amendedVisit({ demands: [lift] });
  ({ areas } = visited);
});
afterEach(() => areas.stop());

const known = (...codes: string[]) =>
  areas.copy(
    'caseCategory',
    codes.map((code) => ({ id: idOf(code), code })),
  );
const refusal = (change: object) => areas.refusal(director, RECORD, visit(change));

describe('the category of a demand', () => {
  it('may be any while no catalogue is known: what was heard is not lost for that', async () => {
    const { recordActivity } = await areas.answer(director, RECORD, visit({ demands: [lamp] }));
    expect(recordActivity.demands).toHaveLength(1);
  });

  it('is one of the catalogue of cases, when a visit is recorded', async () => {
    await known('housing', 'housing.lift');
    const recorded = await areas.answer(
      director,
      RECORD,
      visit({ demands: [lift, { ...lift, categoryCode: ' housing ' }] }),
    );
    expect(recorded.recordActivity.demands).toHaveLength(2);
    const before = await areas.rows('select id from activity');
    expect(await refusal({ demands: [lift, lamp] })).toMatchObject({
      code: 'demand.category',
      kind: 'invalid',
      field: 'input.demands[1].categoryCode',
      messages: { en: expect.stringContaining('category'), zh: expect.stringContaining('类别') },
    });
    expect(await areas.rows('select id from activity')).toEqual(before);
    await known('roads.lamps');
    await areas.answer(director, RECORD, visit({ demands: [lift, lamp] }));
  });

  it('is so for questions of a dialogue, and for what an amendment adds or changes', async () => {
    await known('housing.lift');
    const questions = [{ text: '何时加装电梯', categoryCode: 'roads.lamps' }];
    expect(await refusal({ kind: 'DIALOGUE', questions })).toMatchObject({
      code: 'demand.category',
      field: expect.stringMatching(/questions.0.*categoryCode$/),
    });
    const [{ id: demandId }] = visited.recorded.demands;
    await visited.refused('demand.category', 'input.addDemands[0].categoryCode', { addDemands: [lamp] });
    await visited.refused('demand.category', 'input.changeDemands[0].categoryCode', {
      changeDemands: [{ demandId, categoryCode: 'roads.lamps' }],
    });
    await known('roads.lamps');
    const { input } = visited.amend({ changeDemands: [{ demandId, categoryCode: ' roads.lamps ' }] });
    await areas.answer(director, AMEND, { input });
    expect(await areas.rows('select category_code from demand')).toEqual([{ category_code: 'roads.lamps' }]);
  });
});
