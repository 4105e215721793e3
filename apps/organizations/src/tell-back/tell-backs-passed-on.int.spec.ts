import 'reflect-metadata';
import ICAL from 'ical.js';
import { cadreDeparted, cadreDepartureTakenBack } from '@frontline/events';
import type { SubgraphUnderTest } from '@frontline/testing';
import {
  cadre,
  contactedAreas,
  file,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
} from '../activity/contacted-areas.fixture.ts';
import { organizations } from '../subgraph.ts';
import { TELL, closeAtDoor, consumer, heardDemand, tell, type HeardDemand } from './heard-demand.fixture.ts';

let areas: SubgraphUnderTest;
let heard: HeardDemand;
const director = cadre('director');
const stranger = cadre('stranger');
/** A visit without others who would have heard it as well. */
const alone = { withCadreIds: [] };
/** The copy of a cadre who serves in the north, so that the scheme admits them. */
const inNorth = (name: string, more: object = {}) =>
  file(name, { posts: [{ organizationId: idOf('north'), from: '2018-01-01' }], ...more });
const serve = (...names: string[]) =>
  areas.copy(
    'cadre',
    names.map((name) => inNorth(name)),
  );

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `passed-on-${(keys += 1)}`, ...values } });
const OFFER = 'mutation ($input: HandOverAssignmentInput!) { handOverAssignment(input: $input) { id } }';
const ACCEPT = 'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { state } }';
const ASSIGN = 'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id } }';
const END = 'mutation ($input: EndAssignmentInput!) { endAssignment(input: $input) { id } }';
async function handOver(assignment: string, to: string): Promise<void> {
  const offer = input({ assignmentId: idOf(assignment), successorId: idOf(to), reason: '示例' });
  const { handOverAssignment } = await areas.answer(frontlineOffice, OFFER, offer);
  await areas.answer(cadre(to), ACCEPT, input({ handoverId: handOverAssignment.id }));
}

const left = (name: string, on: string) =>
  inNorth(name, {
    status: 'DEPARTED',
    statuses: [
      { status: 'ACTIVE', from: '2010-01-01', until: on },
      { status: 'DEPARTED', from: on },
    ],
  });
/** The register tells that a cadre leaves, and our copy follows, as it does in whichever order. */
async function departs(name: string, on: string, type = cadreDeparted.type, record = left(name, on)): Promise<void> {
  await areas.consume(consumer('organizations.follow-cadres'), {
    id: idOf(`${type} ${name}`),
    type,
    aggregateId: idOf(name),
    sequence: 2,
    occurredAt: new Date('2018-08-21T01:00:00Z'),
    data: { on, reason: 'LEFT', record },
  });
  await copied(record);
}
async function copied(record: { id: string }): Promise<void> {
  await areas.copy('cadre', [record]);
  for (const follower of organizations.copyFollowers?.filter((one) => one.record.aggregate === 'cadre') ?? [])
    await areas.consume(
      { name: 'copies', events: [], handle: (ctx) => follower.changed(ctx, [record] as never) },
      {} as never,
    );
}

const WHOSE = `{ tellBacks { nodes { id state dueOn cadre { id } organization { id } demand { text }
  duty { state windowEnd contactor { kind cadre { id } organization { id } } } } } }`;
const whose = async (who = frontlineOffice) => (await areas.answer(who, WHOSE)).tellBacks.nodes;
const passedOn = async () => (await areas.told('tellBack.passedOn')).map(({ payload }) => payload);
const ofCadre = (name: string) => ({
  cadre: { id: idOf(name) },
  organization: null,
  duty: { contactor: { kind: 'CADRE', cadre: { id: idOf(name) } } },
});
const ofOrganization = (name: string) => ({
  cadre: null,
  organization: { id: idOf(name) },
  duty: { contactor: { kind: 'ORGANIZATION', organization: { id: idOf(name) } } },
});

afterEach(() => areas.stop());

describe('a tell-back whose contact has changed hands', () => {
  beforeEach(async () => {
    heard = await heardDemand();
    ({ areas } = heard);
    await serve('director', 'stranger');
  });

  it('is the successor’s, by the day by which it was due; who heard it may still tell', async () => {
    await heard.close();
    expect(await whose(stranger)).toEqual([]);
    await handOver('of the director', 'stranger');
    const [{ id }] = await whose();
    expect(await passedOn()).toEqual([
      {
        tellBackId: id,
        demandId: heard.demandId,
        caseId: idOf('case'),
        fromCadreId: idOf('director'),
        cadreId: idOf('stranger'),
        on: '2018-08-21',
        dueOn: '2018-08-28',
      },
    ]);
    const mine = `{ tellBacks(filter: { mine: true }) { nodes { id } } }`;
    expect((await areas.answer(stranger, mine)).tellBacks.nodes).toEqual([{ id }]);
    expect((await areas.answer(director, mine)).tellBacks.nodes).toEqual([]);
    expect(await whose(stranger)).toMatchObject([{ id, demand: { text: '路灯不亮' }, ...ofCadre('stranger') }]);
    const { recordTellBack } = await areas.answer(stranger, TELL, tell(id));
    expect(recordTellBack).toMatchObject({
      state: 'FULFILLED',
      toldThrough: 'SUCCESSOR',
      toldBy: { id: idOf('stranger') },
    });
    expect((await areas.told('tellBack.told'))[0]?.payload).toMatchObject({
      cadreId: idOf('stranger'),
      as: 'SUCCESSOR',
    });
    // told once, whoever else heard it
    expect(await areas.refusal(director, TELL, tell(id))).toMatchObject({ code: 'tellBack.toldAlready' });
  });

  it('is owed by the successor at once when the case closes later', async () => {
    await handOver('of the director', 'stranger');
    await heard.close();
    expect(await whose()).toMatchObject([ofCadre('stranger')]);
    expect((await areas.told('tellBack.owed')).map(({ payload }) => payload)).toMatchObject([
      { cadreId: idOf('stranger') },
    ]);
    expect(await passedOn()).toEqual([]);
  });

  it('moves from one calendar to the other under its uid', async () => {
    await heard.close();
    const FEED = 'mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { path } }';
    const eventsOf = async (who = director) => {
      const { createCalendarFeed: feed } = await areas.answer(who, FEED, input({ label: '手机' }));
      return async () => {
        const authorization = `Bearer ${await areas.tokens.sign('organizations', { kind: 'anonymous' })}`;
        const text = await (await fetch(`${areas.url}${feed.path}`, { headers: { authorization } })).text();
        const events = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
        return events
          .filter((one) => String(one.getFirstPropertyValue('summary')).includes('反馈'))
          .map((one) => [one.getFirstPropertyValue('uid'), one.getFirstPropertyValue('status')]);
      };
    };
    const [before, after] = [await eventsOf(), await eventsOf(stranger)];
    const [[uid]] = (await before()) as [[string]];
    expect(await after()).toEqual([]);
    await handOver('of the director', 'stranger');
    expect(await after()).toEqual([[uid, 'CONFIRMED']]);
    expect(await before()).toEqual([[uid, 'CANCELLED']]);
  });

  it('goes to whoever is left of a group when one departs, and comes back with them', async () => {
    await areas.stop();
    const ofTwo = {
      type: 'contactAssignment',
      id: idOf('of two'),
      scheme: 'monthly',
      contactorKind: 'CADRE',
      contactorIds: [idOf('director'), idOf('another')],
      targetId: idOf('area-2'),
      liaisonIds: [],
      from: '2018-08-16',
      reason: '示例',
    };
    heard = await heardDemand('director', { ...alone, targetId: idOf('area-2') }, [ofTwo]);
    ({ areas } = heard);
    await serve('director', 'another');
    await heard.close();
    // without what else the director holds
    for (const name of ['of the director', 'of the deputy'])
      await areas.answer(
        frontlineOffice,
        END,
        input({ assignmentId: idOf(name), on: '2018-08-21', reason: 'REASSIGNED' }),
      );
    await departs('director', '2018-08-21');
    expect(await whose()).toMatchObject([ofCadre('another')]);
    expect(await passedOn()).toHaveLength(1);
    await departs('director', '2018-08-21', cadreDepartureTakenBack.type, inNorth('director'));
    expect(await whose()).toMatchObject([ofCadre('director')]);
  });

  it('passes on the day on which the contact ends, by the day’s work, once', async () => {
    await heard.close();
    await areas.answer(
      frontlineOffice,
      END,
      input({ assignmentId: idOf('of the director'), on: '2018-08-24', reason: 'REASSIGNED' }),
    );
    await areas.dailyWork();
    expect(await whose()).toMatchObject([ofCadre('director')]);
    areas.moveTo(new Date('2018-08-24T03:00:00+08:00'));
    for (let times = 0; times < 2; times += 1) await areas.dailyWork();
    expect(await whose()).toMatchObject([ofOrganization('area-1')]);
    expect(await passedOn()).toHaveLength(1);
  });

  it('leaves a duty that was missed with who missed it', async () => {
    await heard.close();
    areas.moveTo(new Date('2018-08-29T09:00:00+08:00'));
    await areas.dailyWork();
    await handOver('of the director', 'stranger');
    const [{ id, ...owed }] = await whose();
    expect(owed).toMatchObject({
      ...ofCadre('stranger'),
      state: 'MISSED',
      duty: { ...ofCadre('director').duty, state: 'MISSED' },
    });
    const { recordTellBack } = await areas.answer(stranger, TELL, tell(id));
    expect(recordTellBack).toMatchObject({ state: 'LATE', toldThrough: 'SUCCESSOR' });
  });

  it('that was told or excused stays whose it was', async () => {
    await heard.close();
    const [{ id }] = await whose();
    await areas.answer(director, TELL, tell(id));
    await handOver('of the director', 'stranger');
    expect(await whose()).toMatchObject([ofCadre('director')]);
    expect(await passedOn()).toEqual([]);
  });
});

describe('a tell-back whose cadre has left without an heir', () => {
  beforeEach(async () => {
    heard = await heardDemand('another', alone);
    ({ areas } = heard);
    await heard.close();
    await serve('another', 'stranger');
  });

  it('is the organization’s in charge: a gap that who meets residents there sees and closes', async () => {
    const gaps = async (who = gridWorker) =>
      (await areas.answer(who, `{ tellBacks(filter: { withoutCadre: true }) { nodes { id demand { text } } } }`))
        .tellBacks.nodes;
    expect(await gaps()).toEqual([]);
    const [{ id }] = await whose();
    expect(await areas.refusal(gridWorker, TELL, tell(id))).toMatchObject({ code: 'tellBack.notYours' });
    await departs('another', '2018-08-21');
    expect(await whose()).toMatchObject([ofOrganization('area-1')]);
    expect(await passedOn()).toMatchObject([{ fromCadreId: idOf('another'), organizationId: idOf('area-1') }]);
    expect(await gaps()).toEqual([{ id, demand: { text: '路灯不亮' } }]);
    expect(await gaps(somebody('SUBDISTRICT', 'south', 'south'))).toEqual([]);
    const { recordTellBack } = await areas.answer(gridWorker, TELL, tell(id));
    expect(recordTellBack).toMatchObject({ state: 'FULFILLED', toldThrough: 'IN_CHARGE', toldBy: null });
    const kept = (await areas.told('duty.fulfilled')).filter(({ payload }) => payload.owedUnder === 'TELL_BACK');
    expect(kept.map(({ payload }) => payload)).toMatchObject([{ contactorId: idOf('area-1'), state: 'FULFILLED' }]);
  });

  it('may be told by a cadre who serves in that organization', async () => {
    const member = file('member', { posts: [{ organizationId: idOf('area-1'), from: '2018-01-01' }] });
    await areas.copy('cadre', [member]);
    const [{ id }] = await whose();
    expect(await areas.refusal(cadre('member'), TELL, tell(id))).toMatchObject({ code: 'aggregate.notFound' });
    await departs('another', '2018-08-21');
    expect(await whose(cadre('member'))).toMatchObject([{ id, ...ofOrganization('area-1') }]);
    const { recordTellBack } = await areas.answer(cadre('member'), TELL, tell(id));
    expect(recordTellBack).toMatchObject({ toldThrough: 'IN_CHARGE', toldBy: { id: idOf('member') } });
  });

  it('goes to who fills the gap', async () => {
    await departs('another', '2018-08-21');
    const gap = {
      scheme: 'monthly',
      contactorIds: [idOf('stranger')],
      liaisonIds: [],
      targetId: idOf('area-1'),
      from: '2018-08-21',
      reason: '示例',
    };
    await areas.answer(frontlineOffice, ASSIGN, input(gap));
    expect(await whose()).toMatchObject([ofCadre('stranger')]);
    expect(await passedOn()).toHaveLength(2);
  });

  it('comes back to them when their departure is taken back', async () => {
    await departs('another', '2018-08-21');
    await departs('another', '2018-08-21', cadreDepartureTakenBack.type, inNorth('another'));
    expect(await whose()).toMatchObject([ofCadre('another')]);
  });
});

describe('a tell-back of a door whose cadres have left', () => {
  beforeEach(async () => {
    areas = await contactedAreas();
    areas.moveTo(new Date('2018-08-21T09:00:00+08:00'));
    await closeAtDoor(areas, ['another', 'liaison']);
  });

  it('goes to the next who went, then to the organization in charge; as soon as our copy knows', async () => {
    await copied(left('another', '2018-08-21'));
    expect(await whose()).toMatchObject([ofCadre('liaison')]);
    await copied(left('liaison', '2018-08-21'));
    expect(await whose()).toMatchObject([ofOrganization('area-1')]);
    const [{ id }] = await whose();
    const { recordTellBack } = await areas.answer(gridWorker, TELL, tell(id));
    expect(recordTellBack).toMatchObject({ state: 'FULFILLED', toldThrough: 'IN_CHARGE' });
  });

  it('that will leave keep it until that day', async () => {
    await copied(left('another', '2018-08-24'));
    expect(await whose()).toMatchObject([ofCadre('another')]);
    areas.moveTo(new Date('2018-08-24T03:00:00+08:00'));
    await areas.dailyWork();
    expect(await whose()).toMatchObject([ofCadre('liaison')]);
  });
});
