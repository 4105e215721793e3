import 'reflect-metadata';
import fc from 'fast-check';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { cadre, leading } from '../contact-assignment/contact-district.fixture.ts';
import { fiveCorners, idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { coveredDistrict } from './covered-district.fixture.ts';
import { recountOfDay } from './recount.fixture.ts';

const office = withRole('FRONTLINE_OFFICE');
const [district, town, street, yinhang] = ['310110', '310110101', '310110019', '310110016'].map(idOf) as [
  string,
  string,
  string,
  string,
];

let subgraph: SubgraphUnderTest;
beforeEach(async () => {
  subgraph = await subgraphUnderTest(organizations, {
    today: TODAY,
    copies: { cadre: leading },
    lines: coveredDistrict,
  });
});
afterEach(() => subgraph.stop());

let keys = 0;
const input = (values: object) => ({ input: { idempotencyKey: `coverage-${(keys += 1)}`, ...values } });

const days = ['2018-03-01', TODAY, '2018-12-01', '2020-01-01'];
const parts = [undefined, district, town, yinhang];

/** What the graph says of each scheme, day and part beside what a recount says. */
async function expectRecounted(asked = days, within: readonly (string | undefined)[] = parts): Promise<void> {
  const questions = ['monthly', 'centres', 'members'].flatMap((scheme) =>
    asked.flatMap((asOf) => within.map((under) => ({ scheme, asOf, under }))),
  );
  const gaps = 'totalCount nodes { reasons contactor { id } target { id } }';
  const fields = questions.map(
    ({ scheme, asOf, under }, at) =>
      `q${at}: coverage(scheme: "${scheme}", asOf: "${asOf}"${under ? `, under: "${under}"` : ''}) { contactors { eligible covered }
        targets { eligible covered } contactorGaps(first: 100) { ${gaps} } targetGaps(first: 100) { ${gaps} } }`,
  );
  const told = await subgraph.answer(office, `{ ${fields.join('\n')} }`);
  for (const [at, { scheme, asOf, under = null }] of questions.entries()) {
    const counted = await subgraph.rows(recountOfDay, [scheme, asOf, under]);
    const side = (name: string) => {
      const eligible = counted.filter((row) => row['side'] === name);
      return { eligible: eligible.length, covered: eligible.filter((row) => row['covered']).length };
    };
    const listed = (name: string) =>
      counted
        .filter((row) => row['side'] === name && row['reasons'].length > 0)
        .map((row) => [row['id'], ...row['reasons']].join())
        .sort();
    const answer = told[`q${at}`];
    const shown = (connection: {
      nodes: { reasons: string[]; contactor?: { id: string }; target?: { id: string } }[];
    }) =>
      connection.nodes.map(({ reasons, contactor, target }) => [(contactor ?? target)?.id, ...reasons].join()).sort();
    expect({
      ...answer,
      contactorGaps: shown(answer.contactorGaps),
      targetGaps: shown(answer.targetGaps),
    }).toEqual({
      contactors: side('CONTACTOR'),
      targets: side('TARGET'),
      contactorGaps: listed('CONTACTOR'),
      targetGaps: listed('TARGET'),
    });
  }
}

const day = fc
  .integer({ min: 0, max: 30 })
  .map((months) => new Date(Date.UTC(2017, 6 + months, 15)).toISOString().slice(0, 10));
const name = fc.constantFrom('leader', 'other', 'elsewhere', 'second');
const later = fc
  .integer({ min: 1, max: 20 })
  .map((months) => new Date(Date.UTC(2018, 8 + months, 1)).toISOString().slice(0, 10));
const place = fc.constantFrom(district, town, street, yinhang, idOf('310110101001'));
const periods = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.array(arbitrary, { minLength: 1, maxLength: 3 }), fc.uniqueArray(day, { minLength: 3, maxLength: 3 }))
    .map(([values, bounds]) => {
      const [first, second, third] = [...bounds].sort() as [string, string, string];
      const ends = ['2010-01-01', first, second, third];
      return values.map((value, at) => ({ value, from: ends[at] as string, until: ends[at + 1] as string }));
    });
const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('assign' as const),
      scheme: fc.constantFrom('monthly', 'members'),
      name,
      place: fc.constantFrom(town, street, yinhang),
      day,
      until: fc.option(later),
      liaisons: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('centre' as const),
      from: fc.constantFrom(town, street),
      place: fc.nat(7),
      day,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(20), day }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('liaisons' as const), which: fc.nat(20), some: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('cadre' as const),
      name,
      posts: periods(place),
      ranks: periods(fc.constantFrom('DIVISION', 'SECTION')),
      statuses: periods(fc.constantFrom('ACTIVE', 'ON_LEAVE', 'RETIRED')),
      memberships: periods(fc.constantFrom('PARTY', 'LEAGUE', 'NONE')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('area' as const), ends: day, nth: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      under: fc.constantFrom(town, street),
      nth: fc.nat(2),
      day,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('revise' as const), min: fc.integer({ min: 1, max: 3 }), later }),
  },
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;
const areas = fiveCorners.filter(({ kind }) => kind === 'RESIDENTIAL_AREA');

/** Makes one change by the door that makes such changes; what the rules refuse changes nothing. */
async function make(step: Change): Promise<void> {
  const ids = (await subgraph.rows('select id from contact_assignment order by id')).map(({ id }) => id as string);
  const one = 'which' in step ? ids[step.which % Math.max(ids.length, 1)] : undefined;
  const ask = async (mutation: string, type: string, values: object, actor = office) => {
    const { errors } = await subgraph.ask(
      actor,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`,
      input(values),
    );
    const code = errors?.[0]?.['extensions'].code as string | undefined;
    if (code && !code.includes('.')) throw new Error(JSON.stringify(errors));
  };
  const nth = 'nth' in step ? (areas[step.nth] as (typeof areas)[number]) : undefined;
  if (step.kind === 'assign')
    await ask('assignContact', 'AssignContactInput', {
      scheme: step.scheme,
      contactorIds: [idOf(step.name)],
      targetId: step.place,
      liaisonIds: step.liaisons && step.scheme === 'monthly' ? [idOf('helper')] : [],
      from: step.day,
      until: step.until,
      reason: '示例',
    });
  else if (step.kind === 'centre')
    await ask('assignContact', 'AssignContactInput', {
      scheme: 'centres',
      contactorIds: [step.from],
      targetId: (areas[step.place] as (typeof areas)[number]).id,
      from: step.day,
      reason: '示例',
    });
  else if (step.kind === 'end' && one)
    await ask('endAssignment', 'EndAssignmentInput', { assignmentId: one, on: step.day, reason: 'OTHER' });
  else if (step.kind === 'liaisons' && one)
    await ask('changeLiaisons', 'ChangeLiaisonsInput', {
      assignmentId: one,
      liaisonIds: step.some ? [idOf('third')] : [],
    });
  else if (step.kind === 'cadre') {
    const named = (key: string, list: { value: string; from: string; until: string }[]) =>
      list.map(({ value, ...period }) => ({ [key]: value, ...period }));
    const times = (asked: string) =>
      step.memberships.filter(({ value }) => value === asked).map(({ from, until }) => ({ from, until }));
    const record = cadre(step.name, 'DIVISION', {
      posts: named('organizationId', step.posts),
      ranks: named('rank', step.ranks),
      statuses: named('status', step.statuses),
      partyMember: times('PARTY'),
      leagueMember: times('LEAGUE'),
    });
    await subgraph.rows(`update local_copy set data = $2 where id = $1`, [record.id, JSON.stringify(record)]);
  } else if (step.kind === 'area' && nth) await subgraph.import([{ ...nth, status: 'DISSOLVED', until: step.ends }]);
  else if (step.kind === 'move' && nth)
    await ask(
      'moveOrganization',
      'MoveOrganizationInput',
      { organizationId: nth.id, tree: 'TERRITORY', parentId: step.under, from: step.day },
      withRole('ADMIN'),
    );
  else if (step.kind === 'revise')
    await ask('reviseContactScheme', 'ReviseContactSchemeInput', {
      id: idOf('centres'),
      from: step.later,
      terms: {
        contactor: { kind: 'ORGANIZATION', organizationKinds: ['TOWN'] },
        targetKinds: ['RESIDENTIAL_AREA', 'SUBDISTRICT'],
        cardinalities: { contactorsPerTarget: { min: step.min } },
        duties: [],
        source: 'ASSUMED',
      },
    });
}

describe('the projection of coverage', () => {
  it('equals a recount after whatever was changed, by any door', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 4, maxLength: 7 }), async (steps) => {
        for (const step of steps) {
          await make(step);
          await expectRecounted();
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('learns of a cadre whose organization comes later than the cadre', async () => {
    const eligible = async (asOf: string) =>
      (await subgraph.answer(office, `{ coverage(scheme: "monthly", asOf: "${asOf}") { contactors { eligible } } }`))[
        'coverage'
      ].contactors.eligible as number;
    const other = { ...fiveCorners[0], id: idOf('310111'), code: '310111', parents: [], from: '2018-01-01' };
    await subgraph.copy('cadre', [
      cadre('newcomer', 'DIVISION', { posts: [{ organizationId: other.id, from: '2015-01-01' }] }),
    ]);
    expect(await eligible(TODAY)).toBe(2);
    await subgraph.import([other]);
    expect(await eligible(TODAY)).toBe(3);
  });

  it('is made anew by command, which says how much was wrong', async () => {
    await expectRecounted();
    await subgraph.rows('update coverage_spell set covered = not covered where subject_id = $1', [town]);
    await subgraph.rows('delete from coverage_spell where subject_id = $1', [street]);
    const wrong = await subgraph.rebuild('coverage');
    // each of the two streets is a target of two schemes and a contactor of another
    expect(wrong).toMatchObject({ changed: 6 });
    expect(await subgraph.rebuild('coverage')).toEqual({ ...wrong, changed: 0 });
    await expectRecounted();
  });
});
