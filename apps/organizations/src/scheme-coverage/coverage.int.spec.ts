import 'reflect-metadata';
import { subgraphUnderTest, type SubgraphUnderTest } from '@frontline/testing';
import { leading } from '../contact-assignment/contact-district.fixture.ts';
import { idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';
import { coveredDistrict } from './covered-district.fixture.ts';

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
const ASSIGN = 'mutation ($input: AssignContactInput!) { assignContact(input: $input) { id } }';
const assign = async (values: object = {}): Promise<string> =>
  (
    await subgraph.answer(
      office,
      ASSIGN,
      input({
        scheme: 'monthly',
        contactorIds: [idOf('leader')],
        targetId: town,
        liaisonIds: [idOf('helper')],
        from: '2018-08-01',
        reason: '示例',
        ...values,
      }),
    )
  )['assignContact'].id;

const GAPS = `totalCount nodes { from until reasons contactor { id kind cadre { id } organization { code } } target { id code } }`;
const COVERAGE = `query ($scheme: String!, $asOf: Date, $under: ID) { coverage(scheme: $scheme, asOf: $asOf, under: $under) {
  asOf rebuiltAt scheme { code } under { code } contactors { eligible covered rate } targets { eligible covered rate }
  contactorGaps(first: 100) { ${GAPS} } targetGaps(first: 100) { ${GAPS} } } }`;
const coverage = async (asOf: string, under?: string, scheme = 'monthly') =>
  (await subgraph.answer(office, COVERAGE, { scheme, asOf, under }))['coverage'];

describe('coverage of a scheme', () => {
  it('counts both sides of a day and lists their gaps with the reasons, since when they stand so', async () => {
    await assign();
    await assign({ contactorIds: [idOf('other')], targetId: street, liaisonIds: [] });
    expect(await coverage(TODAY)).toMatchObject({
      asOf: TODAY,
      rebuiltAt: expect.stringContaining('2018-08-17'),
      scheme: { code: 'monthly' },
      under: null,
      contactors: { eligible: 2, covered: 2, rate: 1 },
      targets: { eligible: 3, covered: 2, rate: 2 / 3 },
      contactorGaps: {
        totalCount: 1,
        nodes: [
          {
            from: '2018-08-01',
            until: null,
            reasons: ['TOO_FEW_LIAISONS'],
            contactor: { id: idOf('other'), kind: 'CADRE', cadre: { id: idOf('other') } },
            target: null,
          },
        ],
      },
      targetGaps: {
        totalCount: 1,
        nodes: [{ from: '2010-01-01', reasons: ['NOT_CONTACTED'], contactor: null, target: { id: yinhang } }],
      },
    });
    expect(await coverage('2018-07-31')).toMatchObject({
      contactors: { eligible: 2, covered: 0, rate: 0 },
      targets: { eligible: 3, covered: 0 },
      contactorGaps: { totalCount: 2, nodes: [{ until: '2018-08-01', reasons: ['CONTACTS_NOBODY'] }, {}] },
    });
    expect(await coverage('2009-12-31')).toMatchObject({ contactors: { eligible: 0, covered: 0, rate: null } });
  });

  it('narrows both sides to a part of the district: targets and posts below it', async () => {
    await assign();
    expect(await coverage(TODAY, town)).toMatchObject({
      under: { code: '310110101' },
      contactors: { eligible: 0 },
      targets: { eligible: 1, covered: 1 },
      targetGaps: { totalCount: 0 },
    });
    expect(await coverage(TODAY, district)).toMatchObject({ contactors: { eligible: 2 }, targets: { eligible: 3 } });
    expect(await coverage(TODAY, town, 'centres')).toMatchObject({
      contactors: { eligible: 1, covered: 0 },
      targets: { eligible: 3, covered: 0 },
      contactorGaps: { nodes: [{ contactor: { kind: 'ORGANIZATION', organization: { code: '310110101' } } }] },
    });
    const unknown = { scheme: 'monthly', under: idOf('nowhere') };
    expect(await subgraph.refusal(office, COVERAGE, unknown)).toMatchObject({
      code: 'aggregate.notFound',
      field: 'under',
    });
  });

  it('is not told here where households are the targets, nor of a scheme that is not there', async () => {
    expect(await coverage(TODAY, undefined, 'care')).toBeNull();
    expect(await coverage(TODAY, undefined, 'none')).toBeNull();
  });

  it('lists gaps by reason, page by page, to those whose place they are in', async () => {
    await assign();
    const PAGE = `query ($after: String) { coverage(scheme: "centres") { targetGaps(first: 3, after: $after, reasons: [NOT_CONTACTED, TOO_MANY_CONTACTORS]) {
      totalCount nodes { target { code } } pageInfo { hasNextPage endCursor } } contactorGaps(first: 1, reasons: [TOO_MANY_TARGETS]) { totalCount } } }`;
    const codes: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { coverage: found } = await subgraph.answer(office, PAGE, { after });
      expect(found).toMatchObject({ targetGaps: { totalCount: 8 }, contactorGaps: { totalCount: 0 } });
      codes.push(...found.targetGaps.nodes.map(({ target }: { target: { code: string } }) => target.code));
      ({ hasNextPage: more, endCursor: after } = found.targetGaps.pageInfo);
    }
    expect(new Set(codes).size).toBe(8);

    const at = (role: 'SUBDISTRICT' | 'CADRE', more: object) => ({ ...withRole(role), ...more });
    const seen = async (actor: ReturnType<typeof withRole>) =>
      (
        await subgraph.answer(
          actor,
          '{ coverage(scheme: "centres") { targets { eligible } targetGaps(first: 50) { totalCount } } }',
        )
      )['coverage'];
    expect(await seen(at('SUBDISTRICT', { grants: [{ role: 'SUBDISTRICT', place: town }] }))).toEqual({
      targets: { eligible: 8 },
      targetGaps: { totalCount: 3 },
    });
    expect((await seen(withRole('CADRE', idOf('other')))).targetGaps.totalCount).toBe(0);
    const mine = await subgraph.answer(
      withRole('CADRE', idOf('other')),
      '{ coverage(scheme: "monthly") { contactorGaps(first: 9) { nodes { contactor { id } } } } }',
    );
    expect(mine['coverage'].contactorGaps.nodes).toEqual([{ contactor: { id: idOf('other') } }]);
    const { data, errors } = await subgraph.ask(
      withRole('PARTNER'),
      '{ coverage(scheme: "monthly") { targets { eligible } targetGaps(first: 9) { totalCount } } }',
    );
    expect(data?.['coverage']).toEqual({ targets: { eligible: 3 }, targetGaps: null });
    expect(errors).toMatchObject([{ extensions: { code: 'access.denied' } }]);
  });

  it('costs the same few statements for one scheme and for all, at any depth', async () => {
    await assign();
    const list = (under: string) => `{ contactSchemes(first: 10) { nodes { code coverage(under: "${under}") {
      rebuiltAt contactors { eligible } targets { eligible covered } targetGaps(first: 5) { totalCount nodes { target { code } reasons } } } } } }`;
    await subgraph.ask(office, list(district));
    for (const under of [district, idOf('310110101001')]) {
      const { data, errors, statements } = await subgraph.ask(office, list(under));
      expect(errors).toBeUndefined();
      expect(data?.['contactSchemes'].nodes).toHaveLength(4);
      // schemes, versions, the part, who is stale, counts, gaps and their number, targets, when
      expect(statements.length).toBeLessThanOrEqual(9);
    }
  });
});
