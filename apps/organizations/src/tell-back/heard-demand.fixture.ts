import { caseCalledBack, caseClosed, homeVisitCaseClosed } from '@frontline/events';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import { RECORD, cadre, contactedAreas, frontlineOffice, idOf, visit } from '../activity/contacted-areas.fixture.ts';
import { consumers } from '../consumers.ts';

/** The mutation that the specs record a tell-back with. */
export const TELL = `mutation ($input: RecordTellBackInput!) { recordTellBack(input: $input) {
  id state toldOn toldThrough note toldBy { id } demand { toldBackOn } } }`;

let keys = 0;

/** That a tell-back took place, under a key of its own. */
export const tell = (tellBackId: string, change: object = {}) => ({
  input: { idempotencyKey: `tell-key-${(keys += 1)}`, tellBackId, ...change },
});

/** Contacted areas where a demand was heard that became a case; the case tells on. */
export interface HeardDemand {
  areas: SubgraphUnderTest;
  activityId: string;
  demandId: string;
  /** The tell-backs that somebody sees. */
  list(args?: string, who?: Actor): Promise<Answered>;
  /** The case tells where it stands. */
  caseTells(type: string, state: string, more?: object): Promise<void>;
  /** The case is closed, at half past midnight of 21 August 2018 in Shanghai. */
  close(): Promise<void>;
  /** The person behind the case was called back on a day; gives the id of the callback. */
  callBack(on: string, state?: string, more?: object): Promise<string>;
}
type Answered = Awaited<ReturnType<SubgraphUnderTest['answer']>>[string];

/** A demand that somebody heard: the director by default, with the liaison; `change` of the visit, `lines` to import before it. */
export async function heardDemand(
  recorder = 'director',
  change: object = {},
  lines: readonly object[] = [],
): Promise<HeardDemand> {
  const areas = await contactedAreas();
  await areas.import(lines);
  const { recordActivity } = await areas.answer(
    cadre(recorder),
    RECORD,
    visit({
      withCadreIds: [idOf('liaison')],
      demands: [{ text: '路灯不亮', disposition: 'CASE', categoryCode: 'roads.lighting', caseKind: 'HELP_REQUEST' }],
      ...change,
    }),
  );
  const activityId = recordActivity.id;
  const demandId = recordActivity.demands[0].id;
  areas.moveTo(new Date('2018-08-21T09:00:00+08:00'));
  const caseTells = (type: string, state: string, more: object = {}) =>
    areas.consume(consumers[0] as (typeof consumers)[number], {
      id: idOf(`${type} ${JSON.stringify(more)} ${state}`),
      type,
      aggregateId: idOf('case'),
      sequence: 2,
      occurredAt: new Date('2018-08-20T16:30:00Z'),
      data: {
        ...more,
        record: {
          id: idOf('case'),
          number: '2018-000123',
          state,
          demandId,
          source: { kind: 'ACTIVITY', id: activityId },
          categoryCode: 'roads.lighting',
          areaId: idOf('area-1'),
          registeredAt: '2018-08-17T02:00:00Z',
          ...(state === 'CLOSED' && { closedAt: '2018-08-20T16:30:00Z' }),
        },
      },
    });
  let nth = 0;
  return {
    areas,
    activityId,
    demandId,
    caseTells,
    list: async (args = '', who = frontlineOffice) =>
      (await areas.answer(who, `{ tellBacks${args} { nodes { id state owedFrom dueOn cadre { id } demand { id } } } }`))
        .tellBacks.nodes,
    close: () => caseTells(caseClosed.type, 'CLOSED', { closingCode: 'SOLVED' }),
    callBack: async (on, state = 'CLOSED', more = { reached: true, solved: 'SOLVED' }) => {
      const callbackId = idOf(`callback ${(nth += 1)}`);
      await caseTells(caseCalledBack.type, state, { callbackId, on, channel: 'PHONE', ...more });
      return callbackId;
    },
  };
}

/** The demand that {@link closeAtDoor} speaks of. */
export const doorDemand = idOf('demand at a door');

/** A consumer by its name. */
export const consumer = (name: string) => consumers.find((each) => each.name === name) as (typeof consumers)[number];

/** Households tells that the case of what the director, and the liaison with them, heard at a door is closed. */
export const closeAtDoor = (areas: SubgraphUnderTest, cadres = ['director', 'liaison']): Promise<void> =>
  areas.consume(consumer('organizations.follow-cases-of-doors'), {
    id: idOf('closed at a door'),
    type: homeVisitCaseClosed.type,
    aggregateId: idOf('home visit'),
    sequence: 2,
    occurredAt: new Date('2018-08-20T16:31:00Z'),
    data: {
      homeVisitId: idOf('home visit'),
      demandId: doorDemand,
      caseId: idOf('case of a door'),
      areaId: idOf('area-1'),
      cadreIds: cadres.map(idOf),
      closedAt: '2018-08-20T16:30:00Z',
    },
  });
