import 'reflect-metadata';
import ICAL from 'ical.js';
import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import { idOf, input, plan, somebody, twoSubdistricts, file } from '../reception/two-subdistricts.fixture.ts';

const CREATE = `mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) {
  path feed { id label language lastReadOn revokedAt cadre { id } } } }`;
const REVOKE = 'mutation ($input: RevokeCalendarFeedInput!) { revokeCalendarFeed(input: $input) { id revokedAt } }';
const MINE = '{ calendarFeeds { id label lastReadOn revokedAt } }';

const owner = somebody('CADRE', { cadre: 'cadre 2' });

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await twoSubdistricts();
  await subgraph.import([
    {
      type: 'contactScheme',
      id: idOf('visits'),
      code: 'visits',
      nameZh: '每月联系',
      nameEn: 'Monthly contact',
      versions: [
        {
          version: 1,
          validFrom: '2018-01-01',
          contactor: { kind: 'CADRE' },
          target: { kinds: ['RESIDENTIAL_AREA'] },
          duties: [
            {
              code: 'visit',
              activity: 'VISIT',
              recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1',
              windowDays: 30,
              dayOffRule: 'KEEP',
            },
          ],
          source: 'ASSUMED',
        },
      ],
    },
    {
      type: 'contactAssignment',
      id: idOf('contact'),
      scheme: 'visits',
      contactorKind: 'CADRE',
      contactorIds: [idOf('cadre 2')],
      targetId: idOf('north 1'),
      liaisonIds: [idOf('cadre 1')],
      from: '2018-01-01',
      reason: '示例',
    },
    ...['2018-08', '2018-09'].map((month) => ({
      type: 'duty',
      id: idOf(`visit of ${month}`),
      assignmentId: idOf('contact'),
      scheme: 'visits',
      schemeVersion: 1,
      dutyCode: 'visit',
      windowStart: `${month}-01`,
      windowEnd: `${month}-30`,
    })),
  ]);
});
afterEach(() => subgraph?.stop());

const create = async (values: object = {}, actor: Actor = owner) =>
  (await subgraph.answer(actor, CREATE, input({ label: '手机', ...values })))['createCalendarFeed'];
/** Reads an address as the gateway passes it on for somebody without a token. */
const read = async (path: string, headers: Record<string, string> = {}) =>
  fetch(`${subgraph.url}${path}`, {
    headers: {
      authorization: `Bearer ${await subgraph.tokens.sign('organizations', { kind: 'anonymous' })}`,
      ...headers,
    },
  });
const eventsAt = async (path: string) => {
  const response = await read(path);
  expect(response.status).toBe(200);
  const calendar = new ICAL.Component(ICAL.parse(await response.text()) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      summary: event.summary,
      start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
      sequence: event.sequence,
      status: one.getFirstPropertyValue('status'),
      modified: one.getFirstPropertyValue('last-modified')?.toString() ?? '',
    };
  });
};

describe('a calendar feed', () => {
  it('shows a cadre’s duties and receptions to whoever has its address, and to nobody else', async () => {
    await plan(subgraph, { communities: 1 });
    const { path, feed } = await create();
    expect(feed).toEqual({
      id: expect.any(String),
      label: '手机',
      language: 'ZH',
      lastReadOn: null,
      revokedAt: null,
      cadre: { id: idOf('cadre 2') },
    });
    const response = await read(path);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const events = await eventsAt(path);
    const visits = events.filter(({ uid }) => uid.startsWith('duty-'));
    expect(visits.map(({ summary, start }) => [summary, start])).toEqual([
      ['下访 · 示例310110016001', '2018-08-01'],
      ['下访 · 示例310110016001', '2018-09-01'],
    ]);
    const { rows } = {
      rows: await subgraph.rows(`select count(*)::int as seats from reception_seat where cadre_id = $1`, [
        idOf('cadre 2'),
      ]),
    };
    const receptions = events.filter(({ uid }) => uid.startsWith('reception-seat-'));
    expect(receptions.length).toBe(rows[0]?.['seats']);
    expect(receptions.length).toBeGreaterThan(0);
    expect(receptions.every(({ start }) => start.endsWith('T06:00:00.000Z'))).toBe(true);
    expect((await subgraph.answer(owner, MINE))['calendarFeeds']).toMatchObject([{ lastReadOn: '2018-08-17' }]);
    expect((await fetch(`${subgraph.url}${path}`)).status).toBe(401);
  });

  it('keeps the uid of what changes, raises its sequence, and shows what is off as cancelled', async () => {
    const { path } = await create();
    const before = await eventsAt(path);
    expect(before.map(({ sequence, status }) => [sequence, status])).toEqual([
      [0, 'CONFIRMED'],
      [0, 'CONFIRMED'],
    ]);
    expect(await eventsAt(path)).toEqual(before);
    subgraph.moveTo(new Date('2018-08-18T12:00:00+08:00'));
    await subgraph.rows(`update duty set window_end = '2018-10-05' where id = $1`, [idOf('visit of 2018-09')]);
    await subgraph.rows(`delete from duty where id = $1`, [idOf('visit of 2018-08')]);
    const after = await eventsAt(path);
    expect(after.map(({ uid }) => uid).sort()).toEqual(before.map(({ uid }) => uid).sort());
    expect(after.find(({ uid }) => uid === `duty-${idOf('visit of 2018-09')}@frontline`)).toMatchObject({
      sequence: 1,
      status: 'CONFIRMED',
    });
    expect(after.find(({ uid }) => uid === `duty-${idOf('visit of 2018-08')}@frontline`)).toMatchObject({
      sequence: 1,
      status: 'CANCELLED',
    });
    expect(after.every(({ modified }, at) => modified > (before[at]?.modified ?? ''))).toBe(true);
  });

  it('is not sent again to whoever has it', async () => {
    const { path } = await create();
    const etag = (await read(path)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await read(path, { 'if-none-match': `W/${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await subgraph.rows(`update duty set window_end = '2018-10-05' where id = $1`, [idOf('visit of 2018-09')]);
    expect((await read(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('leads nowhere once it is revoked, just as an address that never was, or one of somebody who has left', async () => {
    const { path, feed } = await create();
    expect((await read(path)).status).toBe(200);
    const revoked = await subgraph.answer(owner, REVOKE, input({ feedId: feed.id }));
    expect(revoked['revokeCalendarFeed'].revokedAt).not.toBeNull();
    const answers = [
      await read(path),
      await read(`/calendar/${'A'.repeat(43)}.ics`),
      await read('/calendar/short.ics'),
    ];
    const told = await Promise.all(answers.map(async (one) => [one.status, await one.text(), one.headers.get('etag')]));
    expect(told).toEqual([told[0], told[0], told[0]]);
    expect(told[0]?.[0]).toBe(404);
    const other = await create();
    await subgraph.rows(`update local_copy set data = $2 where id = $1`, [
      idOf('cadre 2'),
      file('cadre 2', { status: 'DEPARTED' }),
    ]);
    expect((await read(other.path)).status).toBe(404);
  });

  it('gives its address once, and keeps no secret', async () => {
    const asked = input({ label: '手机', language: 'EN' });
    const first = (await subgraph.answer(owner, CREATE, asked))['createCalendarFeed'];
    const again = (await subgraph.answer(owner, CREATE, asked))['createCalendarFeed'];
    expect(again).toEqual({ ...first, path: null });
    const secret = /^\/calendar\/([\w-]{43})\.ics$/.exec(first.path)?.[1] ?? '';
    expect(secret).toHaveLength(43);
    const kept = await subgraph.rows('select row_to_json(f)::text as feed from calendar_feed f');
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect((await eventsAt(first.path))[0]?.summary).toBe('Grassroots visit · Example 310110016001');
  });

  it('is a cadre’s own: others neither see nor revoke it, but administrators can revoke', async () => {
    const { feed } = await create();
    const other = somebody('CADRE', { cadre: 'cadre 1' });
    expect((await subgraph.answer(other, MINE))['calendarFeeds']).toEqual([]);
    expect(await subgraph.refusal(other, REVOKE, input({ feedId: feed.id }))).toMatchObject({
      code: 'aggregate.notFound',
    });
    expect(await subgraph.refusal(somebody('FRONTLINE_OFFICE'), MINE)).toMatchObject({ code: 'access.denied' });
    const admin = somebody('ADMIN');
    expect((await subgraph.answer(admin, MINE))['calendarFeeds']).toHaveLength(1);
    await subgraph.answer(admin, REVOKE, input({ feedId: feed.id }));
    expect(await subgraph.audited('calendarFeed.revoked')).toHaveLength(1);
    expect(await subgraph.refusal(somebody('CADRE'), CREATE, input({ label: 'x' }))).toMatchObject({
      code: 'calendarFeed.noCadre',
    });
    expect(await subgraph.refusal(owner, CREATE, input({ label: ' ' }))).toMatchObject({
      code: 'calendarFeed.label',
      field: 'input.label',
    });
  });

  it('is one of five at most, and read so often at most', async () => {
    const [{ path }] = await Promise.all(Array.from({ length: 5 }, () => create()));
    expect(await subgraph.refusal(owner, CREATE, input({ label: 'x' }))).toMatchObject({
      code: 'calendarFeed.tooMany',
    });
    const statuses: number[] = [];
    for (let at = 0; at < 61; at += 1) statuses.push((await read(path)).status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([200]));
    expect(statuses[60]).toBe(429);
    expect(Number((await read(path)).headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('shows a liaison the visits they go along to', async () => {
    const liaison = somebody('CADRE', { cadre: 'cadre 1' });
    const { path } = await create({}, liaison);
    expect((await eventsAt(path)).filter(({ uid }) => uid.startsWith('duty-'))).toHaveLength(2);
  });
});
