import 'reflect-metadata';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
  visit,
} from '../activity/contacted-areas.fixture.ts';
import { unansweredBecomeDemands } from './unanswered-questions.ts';

const FIELDS = `id state text askedAt categoryCode caseKind dueOn answer answeredAt answeredBy { id } demand { id text disposition caseKind question { id } }`;
const RECORD = `mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id kind closedAt questions { ${FIELDS} } demands { id } } }`;
const ANSWER = `mutation ($input: AnswerQuestionInput!) { answerQuestion(input: $input) { ${FIELDS} } }`;
const ASK = `mutation ($input: AskQuestionInput!) { askQuestion(input: $input) { ${FIELDS} } }`;
const CLOSE = `mutation ($input: CloseDialogueInput!) { closeDialogue(input: $input) { id closedAt questions { state } demands { id text disposition categoryCode caseKind } } }`;
const member = cadre('member');
const lift = { text: '老楼何时加装电梯？', categoryCode: 'housing.lift' };
const parking = {
  text: '停车位不够怎么办？',
  categoryCode: 'roads.parking',
  caseKind: 'SUGGESTION',
  areaId: idOf('area-1'),
};
const answered = { ...parking, answer: { text: '拟错时共享车位', answeredAt: '2018-08-17T10:00:00+08:00' } };

let areas: SubgraphUnderTest;
let keys = 0;
const key = () => `question-key-${(keys += 1)}`;
/** A dialogue of the department’s, at its area. */
const dialogue = async (questions: object[], more: object = {}) =>
  (await areas.answer(member, RECORD, visit({ kind: 'DIALOGUE', targetId: idOf('area-3'), questions, ...more })))
    .recordActivity;
const list = async (args = '', who = frontlineOffice) =>
  (await areas.answer(who, `{ questions${args} { totalCount nodes { ${FIELDS} activity { id } area { id } } } }`))
    .questions;
const sweep = () =>
  areas.consume(
    { name: 'sweep', events: [], handle: async (ctx) => void (await unansweredBecomeDemands(ctx)) },
    {} as never,
  );
const answer = (questionId: string, more: object = {}) => ({
  input: { idempotencyKey: key(), questionId, text: '已列入今年计划', ...more },
});
/** The demands that cases hear of, from which they open. */
const asCases = async () => (await areas.told('activity.amended')).flatMap(({ payload }) => payload.demands);

beforeEach(async () => {
  areas = await contactedAreas();
});
afterEach(() => areas.stop());

describe('the questions of a dialogue', () => {
  it('are recorded with it, answered there or open, and their words are sealed and in no event', async () => {
    const { questions } = await dialogue([lift, answered]);
    expect(questions).toEqual([
      {
        id: expect.any(String),
        state: 'OPEN',
        ...lift,
        caseKind: 'ENQUIRY',
        askedAt: '2018-08-17T01:00:00.000Z',
        dueOn: '2018-08-20',
        answer: null,
        answeredAt: null,
        answeredBy: null,
        demand: null,
      },
      expect.objectContaining({
        state: 'ANSWERED',
        caseKind: 'SUGGESTION',
        answer: answered.answer.text,
        answeredAt: '2018-08-17T02:00:00.000Z',
        answeredBy: { id: idOf('member') },
      }),
    ]);
    expect((await areas.told('question.answered')).map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ questionId: questions[1].id, cadreId: idOf('member'), on: '2018-08-17', late: false }),
    ]);
    const kept = [
      await areas.rows('select text, answer from question'),
      await areas.rows('select payload from outbox'),
    ];
    expect(JSON.stringify(kept)).not.toMatch(/[一-龥]/);
  });

  it('fulfil the duty of a dialogue like any activity', async () => {
    const line = {
      type: 'contactAssignment',
      scheme: 'dialogue',
      contactorKind: 'ORGANIZATION',
      contactorIds: [idOf('south')],
    };
    const rule = {
      code: 'dialogue',
      activity: 'DIALOGUE',
      recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
      windowDays: 31,
      dayOffRule: 'KEEP',
    };
    const terms = {
      version: 1,
      validFrom: '2010-01-01',
      contactor: { kind: 'ORGANIZATION' },
      target: { kinds: ['RESIDENTIAL_AREA'] },
      duties: [rule],
      source: 'SEED',
    };
    await areas.import([
      {
        type: 'contactScheme',
        id: idOf('dialogue'),
        code: 'dialogue',
        nameZh: '网上互动',
        nameEn: 'Dialogue',
        versions: [terms],
      },
      { ...line, id: idOf('dialogues'), targetId: idOf('area-3'), liaisonIds: [], from: '2018-01-01', reason: '示例' },
    ]);
    await areas.answer(frontlineOffice, 'mutation { generateDuties(input: {}) { added } }');
    const { id } = await dialogue([lift]);
    const told = (await areas.told('duty.fulfilled')).map(({ payload }) => payload);
    expect(told).toEqual([expect.objectContaining({ assignmentId: idOf('dialogues'), activityId: id })]);
  });

  it('are answered later by whoever took part, once', async () => {
    const { questions } = await dialogue([lift], { withCadreIds: [idOf('director')] });
    const [{ id }] = questions;
    const { answerQuestion } = await areas.answer(cadre('director'), ANSWER, answer(id));
    expect(answerQuestion).toMatchObject({
      state: 'ANSWERED',
      answer: '已列入今年计划',
      answeredBy: { id: idOf('director') },
    });
    expect(await areas.refusal(member, ANSWER, answer(id))).toMatchObject({ code: 'question.answered' });
    areas.moveTo(new Date('2018-09-21T09:00:00+08:00'));
    await sweep();
    expect(await areas.told('question.becameDemand')).toEqual([]);
    expect(await areas.told('question.answered')).toHaveLength(1);
  });

  it('become demands when their time is over, each once, from which a case opens as from any', async () => {
    const { id: activityId, questions } = await dialogue([lift, answered]);
    areas.moveTo(new Date('2018-08-20T23:30:00+08:00'));
    await sweep();
    expect(await asCases()).toEqual([]);
    areas.moveTo(new Date('2018-08-21T00:30:00+08:00'));
    await Promise.all([sweep(), sweep()]);
    await sweep();
    const [became] = (await list('(filter: { states: [BECAME_DEMAND] })')).nodes;
    expect(became).toMatchObject({
      id: questions[0].id,
      state: 'BECAME_DEMAND',
      demand: { text: lift.text, disposition: 'CASE', caseKind: 'ENQUIRY', question: { id: questions[0].id } },
    });
    const demandId = became.demand.id;
    expect(await asCases()).toEqual([
      { demandId, disposition: 'CASE', categoryCode: 'housing.lift', caseKind: 'ENQUIRY', areaId: idOf('area-3') },
    ]);
    expect((await areas.told('question.becameDemand')).map(({ payload }) => payload)).toEqual([
      { questionId: questions[0].id, activityId, categoryCode: 'housing.lift', demandId },
    ]);
    expect(await areas.refusal(member, ANSWER, answer(questions[0].id))).toMatchObject({
      code: 'question.becameDemand',
    });
    expect((await areas.rows('select id from demand')).length).toBe(1);
  });

  it('become demands at once when the host closes the dialogue, and nothing more is asked', async () => {
    const { id: activityId } = await dialogue([lift, answered]);
    const close = () => ({ input: { idempotencyKey: 'close-0001', activityId } });
    for (let time = 0; time < 2; time += 1) {
      const { closeDialogue } = await areas.answer(member, CLOSE, close());
      expect(closeDialogue).toMatchObject({
        closedAt: expect.any(String),
        questions: [{ state: 'BECAME_DEMAND' }, { state: 'ANSWERED' }],
        demands: [{ text: lift.text, disposition: 'CASE', categoryCode: 'housing.lift', caseKind: 'ENQUIRY' }],
      });
    }
    expect(await asCases()).toHaveLength(1);
    const again = { input: { idempotencyKey: key(), activityId } };
    expect(await areas.refusal(member, CLOSE, again)).toMatchObject({
      code: 'question.closed',
      field: 'input.activityId',
    });
    expect(await areas.refusal(member, ASK, { input: { ...again.input, ...lift } })).toMatchObject({
      code: 'question.closed',
    });
  });

  it('may be disposed of otherwise by an amendment once they are demands, which withdraws the case', async () => {
    const { id: activityId } = await dialogue(Array.from({ length: 25 }, () => lift));
    const { closeDialogue } = await areas.answer(member, CLOSE, { input: { idempotencyKey: key(), activityId } });
    const [{ id: demandId }] = closeDialogue.demands;
    const AMEND = 'mutation ($input: AmendActivityInput!) { amendActivity(input: $input) { demands { disposition } } }';
    await areas.answer(member, AMEND, {
      input: {
        idempotencyKey: key(),
        activityId,
        reason: '属建议',
        changeDemands: [{ demandId, disposition: 'OPINION' }],
      },
    });
    expect((await areas.told('activity.amended')).at(-1)?.payload.withdrawnDemandIds).toEqual([demandId]);
  });

  it('may come in later, while it is open', async () => {
    const { id: activityId } = await dialogue([]);
    const input = { idempotencyKey: key(), activityId, ...parking, askedAt: '2018-08-17T11:00:00+08:00' };
    expect(await areas.refusal(member, ASK, { input: { ...input, text: ' ' } })).toMatchObject({ field: 'input.text' });
    const { askQuestion } = await areas.answer(member, ASK, { input });
    expect(askQuestion).toMatchObject({ state: 'OPEN', text: parking.text, dueOn: '2018-08-20' });
    expect((await areas.answer(member, ASK, { input })).askQuestion.id).toBe(askQuestion.id);
    expect((await list()).totalCount).toBe(1);
  });

  it('are listed by state, kind, category, place, day and for those who took part', async () => {
    await dialogue([lift, answered, parking]);
    await areas.answer(
      cadre('director'),
      RECORD,
      visit({ kind: 'MICROBLOG_REPLY', questions: [{ ...lift, text: '微博提问' }] }),
    );
    const texts = async (filter: string, who = frontlineOffice) =>
      (await list(`(filter: { ${filter} })`, who)).nodes.map(({ text }: { text: string }) => text).sort();
    const open = [lift.text, parking.text, '微博提问'].sort();
    expect(await texts('states: [OPEN]')).toEqual(open);
    expect(await texts('states: [ANSWERED]')).toEqual([parking.text]);
    expect(await texts('kinds: [MICROBLOG_REPLY]')).toEqual(['微博提问']);
    expect(await texts('categoryCodes: ["roads.parking"]')).toEqual([parking.text, parking.text]);
    expect(await texts(`within: "${idOf('south')}"`)).toEqual([lift.text]);
    expect(await texts('mine: true', cadre('director'))).toEqual(['微博提问']);
    expect(await texts('dueTo: "2018-08-19"')).toEqual([]);
  });

  it('are seen by who took part, the place and the district, and touched by who took part alone', async () => {
    const { id: activityId, questions } = await dialogue([lift]);
    const seen = async (who: typeof member) => (await list('', who)).totalCount;
    for (const who of [member, frontlineOffice, somebody('SUBDISTRICT', 'south', 'south')])
      expect(await seen(who)).toBe(1);
    for (const who of [cadre('stranger'), gridWorker, somebody('ADMIN', 'admin')]) expect(await seen(who)).toBe(0);
    const refused = async (who: typeof member, query: string, variables: object) =>
      (await areas.refusal(who, query, variables))['code'];
    const south = somebody('SUBDISTRICT', 'south', 'south');
    const close = { input: { idempotencyKey: key(), activityId } };
    expect(await refused(south, ANSWER, answer(questions[0].id))).toBe('question.notYours');
    expect(await refused(south, CLOSE, close)).toBe('question.notYours');
    expect(await refused(cadre('stranger'), ANSWER, answer(questions[0].id))).toBe('aggregate.notFound');
    expect(await refused(frontlineOffice, ANSWER, answer(questions[0].id))).toBe('access.denied');
    expect(await areas.refusal({ kind: 'anonymous' }, '{ questions { totalCount } }')).toMatchObject({
      code: 'access.signIn',
    });
  });

  it('are refused elsewhere, with answers by nobody known, and at a version that has passed', async () => {
    const refused = async (query: string, variables: object) => {
      const { code, field } = await areas.refusal(member, query, variables);
      return [code, field];
    };
    const record = (change: object) => visit({ targetId: idOf('area-3'), kind: 'DIALOGUE', ...change });
    expect(await refused(RECORD, record({ kind: 'VISIT', questions: [lift] }))).toEqual([
      'question.kind',
      'input.questions',
    ]);
    const byNobody = { ...lift, answer: { text: '好', answeredById: idOf('nobody') } };
    expect(await refused(RECORD, record({ questions: [lift, byNobody] }))).toEqual([
      'question.answeredBy',
      'input.questions[1].answer.answeredById',
    ]);
    expect(await refused(RECORD, record({ questions: [{ ...lift, areaId: idOf('nowhere') }] }))).toEqual([
      'activity.unknownOrganization',
      'input.questions[0].areaId',
    ]);
    expect((await list()).totalCount).toBe(0);
    const { questions } = await dialogue([lift]);
    expect(await refused(ANSWER, answer(questions[0].id, { expectedVersion: 7 }))).toEqual([
      'aggregate.versionConflict',
      'input.expectedVersion',
    ]);
    expect(await refused(ANSWER, answer(questions[0].id, { answeredAt: '2018-08-16T09:00:00+08:00' }))).toEqual([
      'question.answeredAt',
      'input.answeredAt',
    ]);
  });

  it('are answered by who has taken the contact over since, and by nobody else who was not there', async () => {
    const asked = visit({ kind: 'DIALOGUE', questions: [lift] });
    const { recordActivity } = await areas.answer(cadre('director'), RECORD, asked);
    const [{ id }] = recordActivity.questions;
    const successor = cadre('stranger');
    expect(await areas.refusal(successor, ANSWER, answer(id))).toMatchObject({ code: 'aggregate.notFound' });
    await areas.rows('update contact_assignment set contactor_id = $1 where id = $2', [
      idOf('stranger'),
      idOf('of the director'),
    ]);
    expect(await areas.refusal(gridWorker, ANSWER, answer(id))).toMatchObject({ code: 'question.notYours' });
    const { answerQuestion } = await areas.answer(successor, ANSWER, answer(id));
    expect(answerQuestion).toMatchObject({ state: 'ANSWERED', answeredBy: { id: idOf('stranger') } });
  });

  it('cost as many statements for many as for one', async () => {
    const query = `{ activities(filter: { kinds: [DIALOGUE] }) { nodes { questions { ${FIELDS} area { id } activity { id } } demands { question { id } } } } }`;
    const demands = [{ text: '路灯不亮', disposition: 'OPINION', categoryCode: 'roads.lighting' }];
    await dialogue([lift, answered], { demands });
    const one = await areas.ask(frontlineOffice, query);
    for (const day of ['14', '15', '16'])
      await dialogue([lift, answered], {
        heldAt: `2018-08-${day}T09:00:00+08:00`,
        demands,
      });
    const many = await areas.ask(frontlineOffice, query);
    expect(many.errors).toBeUndefined();
    expect(many.data?.['activities'].nodes).toHaveLength(4);
    expect(many.statements).toHaveLength(one.statements.length);
  });

  it('are brought in with a dialogue of the past, and the demands that they became', async () => {
    const question = { ...lift, caseKind: 'ENQUIRY', areaId: idOf('area-1'), askedAt: '2018-06-05T10:00:00+08:00' };
    const demand = {
      id: idOf('its demand'),
      text: lift.text,
      disposition: 'CASE',
      categoryCode: lift.categoryCode,
      caseKind: 'ENQUIRY',
      areaId: idOf('area-1'),
    };
    const past = {
      type: 'activity',
      id: idOf('past'),
      kind: 'DIALOGUE',
      heldAt: '2018-06-05T10:00:00+08:00',
      targetId: idOf('area-3'),
      contactorIds: [idOf('member')],
      summary: '与干部群众在线交流',
      questions: [
        {
          id: idOf('q1'),
          ...question,
          answer: { text: '年内', answeredAt: '2018-06-05T10:20:00+08:00', answeredById: idOf('member') },
        },
        { id: idOf('q2'), ...question, demandId: demand.id },
      ],
      demands: [demand],
      closedAt: '2018-06-05T12:00:00+08:00',
    };
    for (let time = 0; time < 2; time += 1) await areas.import([past]);
    await sweep();
    const { nodes } = await list();
    expect(nodes.map(({ state, demand: of }: { state: string; demand: object | null }) => [state, of]).sort()).toEqual([
      ['ANSWERED', null],
      ['BECAME_DEMAND', expect.objectContaining({ id: demand.id })],
    ]);
    expect(await areas.rows(`select 1 from outbox where aggregate_type in ('activity', 'question')`)).toEqual([]);
  });
});
