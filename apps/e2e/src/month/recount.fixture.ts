import type { PlatformUnderTest } from '@frontline/testing';

/** Rows of the services' own databases, and nothing that a service has worked out of them. */
interface Deed {
  id: string;
  kind: string;
  target: string;
  day: string;
  assignment: string | null;
  cadres: string[];
}
interface OwedRow {
  id: string;
  under: string;
  owes: string;
  rule: string;
  activity: string;
  target: string;
  start: string;
  end: string;
  excused: boolean;
}
interface Period {
  from: string;
  until: string | null;
}
type Held<T> = T & Period;

const DAY = (column: string) => `(${column} at time zone 'Asia/Shanghai')::date::text`;
const holds =
  (day: string) =>
  ({ from, until }: Period): boolean =>
    from <= day && (until === null || day < until);

type InPatch = Held<{ patch: string; area: string }>;

/** Which residential areas are in which patches, and when. */
const patchesOf = (platform: PlatformUnderTest): Promise<InPatch[]> =>
  platform.rows<InPatch>(
    'organizations',
    'select patch_id as patch, area_id as area, valid_from::text as "from", valid_to::text as until from patch_area',
  );

const isIn = (patched: readonly InPatch[], patch: string, area: string, day: string): boolean =>
  patched.some((each) => each.patch === patch && each.area === area && holds(day)(each));

/** What became of each duty of the month, worked out anew from who was where and when. */
export async function recountedDuties(
  platform: PlatformUnderTest,
  { first, last, today }: { first: string; last: string; today: string },
): Promise<Map<string, string>> {
  const owed = await platform.rows<OwedRow>(
    'organizations',
    `select id, owed_under as under, assignment_id as owes, duty_code as rule, activity, target_id as target,
       window_start::text as start, window_end::text as "end", excuse is not null as excused
     from duty where window_start >= $1`,
    [first],
  );
  const activities = await platform.rows<Deed>(
    'organizations',
    `select a.id, a.kind, a.target_id as target, ${DAY('a.held_at')} as day, a.assignment_id as assignment,
       array(select p.cadre_id::text from activity_participant p where p.activity_id = a.id) as cadres
     from activity a where ${DAY('a.held_at')} >= $1`,
    [first],
  );
  const careVisits = await platform.rows<Deed>(
    'households',
    `select id, 'CARE_VISIT' as kind, household_id as target, ${DAY('held_at')} as day, null as assignment,
       cadre_ids::text[] as cadres from home_visit where care and ${DAY('held_at')} >= $1`,
    [first],
  );
  const assignments = await platform.rows<{ id: string; kind: string; contactors: string[] }>(
    'organizations',
    `select id, contactor_kind as kind, (array[contactor_id] || co_contactor_ids)::text[] as contactors from contact_assignment`,
  );
  const assistances = await platform.rows<{ id: string; cadre: string }>(
    'households',
    'select id, cadre_id as cadre from paired_assistance',
  );
  const absences = await platform.rows<Held<{ cadre: string; substitute: string | null }>>(
    'personnel',
    `select cadre_id as cadre, substitute_id as substitute, valid_from::text as "from", valid_to::text as until from absence`,
  );
  const posts = await platform.rows<Held<{ cadre: string; organization: string }>>(
    'personnel',
    `select cadre_id as cadre, organization_id as organization, valid_from::text as "from", valid_to::text as until from post`,
  );
  const patched = await patchesOf(platform);
  const contactors = new Map([
    ...assignments.map(
      ({ id, kind, contactors: ids }) => [id, { kind, ids }] as [string, { kind: string; ids: string[] }],
    ),
    ...assistances.map(
      ({ id, cadre }) => [id, { kind: 'CADRE', ids: [cadre] }] as [string, { kind: string; ids: string[] }],
    ),
  ]);
  const byTarget = Map.groupBy([...activities, ...careVisits], ({ target }) => target);
  const series = Map.groupBy(owed, ({ owes, rule }) => `${owes} ${rule}`);

  /** Whether a deed counts for what an assignment owes, and whether it was somebody who stood in. */
  function counts({ owes }: OwedRow, deed: Deed): 'ITSELF' | 'SUBSTITUTE' | undefined {
    const { kind = '', ids = [] } = contactors.get(owes) ?? {};
    const members = posts
      .filter((post) => kind === 'ORGANIZATION' && ids.includes(post.organization))
      .filter(holds(deed.day));
    const own = [...ids, ...members.map(({ cadre }) => cadre)];
    if (deed.cadres.some((cadre) => own.includes(cadre))) return 'ITSELF';
    const standIns = absences.filter(({ cadre }) => ids.includes(cadre)).filter(holds(deed.day));
    if (standIns.some(({ substitute }) => substitute && deed.cadres.includes(substitute))) return 'SUBSTITUTE';
    // a delegate on the rota receives for the service centre that owes the day
    return deed.assignment === owes || deed.kind === 'RECEPTION' ? 'ITSELF' : undefined;
  }

  function stateOf(duty: OwedRow): string {
    const next = (series.get(`${duty.owes} ${duty.rule}`) ?? [])
      .map(({ start }) => start)
      .filter((start) => start > duty.start);
    const until = next.sort()[0] ?? '9999-12-31';
    const reached = [duty.target, ...patched.filter(({ patch }) => patch === duty.target).map(({ area }) => area)];
    const there = reached.flatMap((target) => byTarget.get(target) ?? []);
    const kept = there
      .filter(({ target, day }) => target === duty.target || isIn(patched, duty.target, target, day))
      .filter(({ kind, day }) => kind === duty.activity && day >= duty.start && day < until)
      .map((deed) => ({ day: deed.day, as: counts(duty, deed) }))
      .filter(({ as }) => as !== undefined)
      .sort((a, b) => (a.day < b.day ? -1 : 1))[0];
    if (kept) return kept.day > duty.end ? 'LATE' : kept.as === 'SUBSTITUTE' ? 'SUBSTITUTED' : 'FULFILLED';
    if (duty.excused) return 'EXCUSED';
    return today > duty.end ? 'MISSED' : 'DUE';
  }

  return new Map(owed.filter(({ start }) => start <= last).map((duty) => [duty.id, stateOf(duty)]));
}

/** Both sides of a scheme on a day: who is eligible, who of them is not covered, and who lacks a liaison, as ids in order. */
export interface Recounted {
  contactors: { eligible: string[]; uncovered: string[]; alone: string[] };
  targets: { eligible: string[]; uncovered: string[] };
}

/** Coverage of every scheme that contacts organizations, from the register of cadres and the tree as they stand. */
export async function recountedCoverage(platform: PlatformUnderTest, day: string): Promise<Map<string, Recounted>> {
  const schemes = await platform.rows<{
    code: string;
    contactor: {
      kind: string;
      ranks?: string[];
      organizationKinds?: string[];
      organizationIds?: string[];
      memberships?: string[];
    };
    targets: string[];
    liaisons: number;
  }>(
    'organizations',
    `select s.code, v.contactor, v.target_kinds::text[] as targets, coalesce((v.liaisons ->> 'min')::int, 0) as liaisons from contact_scheme s
     join contact_scheme_version v on v.scheme_id = s.id
     where v.valid_from <= $1 and (v.valid_to is null or v.valid_to > $1) and cardinality(v.target_kinds) > 0`,
    [day],
  );
  const organizations = await platform.rows<{ id: string; kind: string }>(
    'organizations',
    'select id, kind from organization where valid_from <= $1 and (valid_to is null or valid_to > $1)',
    [day],
  );
  const kinds = await platform.rows<{ id: string; kind: string }>('organizations', 'select id, kind from organization');
  const held = await platform.rows<{ scheme: string; contactors: string[]; target: string; liaisons: number }>(
    'organizations',
    `select scheme, (array[contactor_id] || co_contactor_ids)::text[] as contactors, target_id as target, cardinality(liaison_ids) as liaisons
     from contact_assignment where valid_from <= $1 and (valid_to is null or valid_to > $1)`,
    [day],
  );
  const serving = await platform.rows<{ id: string; rank: string | null; posts: string[]; memberships: string[] }>(
    'personnel',
    `select c.id, (select r.rank from rank_period r where r.cadre_id = c.id and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1)) as rank,
       array(select p.organization_id::text from post p where p.cadre_id = c.id and p.valid_from <= $1 and (p.valid_to is null or p.valid_to > $1)) as posts,
       array(select m.kind from membership m where m.cadre_id = c.id and m.valid_from <= $1 and (m.valid_to is null or m.valid_to > $1)) as memberships
     from cadre c join status_period s on s.cadre_id = c.id
     where s.valid_from <= $1 and (s.valid_to is null or s.valid_to > $1) and s.status not in ('RETIRED', 'DEPARTED')`,
    [day],
  );
  const patched = await patchesOf(platform);
  const kindOf = new Map(kinds.map(({ id, kind }) => [id, kind]));
  const found = schemes.map(({ code, contactor, targets, liaisons }) => {
    const { kind, ranks, organizationKinds, organizationIds, memberships } = contactor;
    const admits = (id: string) =>
      (!organizationKinds || organizationKinds.includes(kindOf.get(id) ?? '')) &&
      (!organizationIds || organizationIds.includes(id));
    const own = held.filter(({ scheme }) => scheme === code);
    const contactors =
      kind === 'ORGANIZATION'
        ? organizations.filter(({ id }) => admits(id)).map(({ id }) => id)
        : serving
            .filter(({ rank, posts }) => (!ranks || ranks.includes(rank ?? '')) && posts.some(admits))
            .filter((each) => !memberships || each.memberships.some((held) => memberships.includes(held)))
            .map(({ id }) => id);
    const reached = organizations.filter((each) => targets.includes(each.kind)).map(({ id }) => id);
    const contacting = new Set(own.flatMap((each) => each.contactors));
    const alone = new Set(own.filter((each) => each.liaisons < liaisons).flatMap((each) => each.contactors));
    const contacted = new Set(
      own.flatMap(({ target }) => [
        target,
        ...patched.filter((each) => each.patch === target && holds(day)(each)).map(({ area }) => area),
      ]),
    );
    return [
      code,
      {
        contactors: {
          eligible: contactors.sort(),
          uncovered: contactors.filter((id) => !contacting.has(id)).sort(),
          alone: contactors.filter((id) => alone.has(id)).sort(),
        },
        targets: { eligible: reached.sort(), uncovered: reached.filter((id) => !contacted.has(id)).sort() },
      },
    ] as const;
  });
  return new Map(found);
}

/** Households in hardship on a day that nobody assists, how many are in hardship at all, and party cadres who assist nobody. */
export async function recountedAssistance(
  platform: PlatformUnderTest,
  day: string,
): Promise<{ eligible: number; uncovered: string[]; unpaired: string[] }> {
  const members = await platform.rows<{ id: string }>(
    'personnel',
    `select distinct c.id from cadre c join status_period s on s.cadre_id = c.id join membership m on m.cadre_id = c.id join post p on p.cadre_id = c.id
     where s.status not in ('RETIRED', 'DEPARTED') and m.kind = 'PARTY' and daterange(s.valid_from, s.valid_to) @> $1::date
       and daterange(m.valid_from, m.valid_to) @> $1::date and daterange(p.valid_from, p.valid_to) @> $1::date`,
    [day],
  );
  const helpers = await platform.rows<{ id: string }>(
    'households',
    'select distinct cadre_id as id from paired_assistance where daterange(valid_from, valid_to) @> $1::date',
    [day],
  );
  const helping = new Set(helpers.map(({ id }) => id));
  const hardship = await platform.rows<{ id: string; assisted: boolean }>(
    'households',
    `select h.household_id as id, bool_or(a.id is not null) as assisted from hardship_certificate h
     left join paired_assistance a on a.household_id = h.household_id and a.valid_from <= $1 and (a.valid_to is null or a.valid_to > $1)
     where h.valid_from <= $1 and (h.valid_to is null or h.valid_to > $1) group by 1`,
    [day],
  );
  return {
    eligible: hardship.length,
    uncovered: hardship
      .filter(({ assisted }) => !assisted)
      .map(({ id }) => id)
      .sort(),
    unpaired: members
      .map(({ id }) => id)
      .filter((id) => !helping.has(id))
      .sort(),
  };
}
