import 'reflect-metadata';
import { subgraphUnderTest, TableFiles, type SubgraphUnderTest } from '@frontline/testing';
import { fiveCorners, idOf, TODAY, withRole } from '../organization/five-corners.fixture.ts';
import { organizations } from '../subgraph.ts';

const office = withRole('FRONTLINE_OFFICE');
const care = { code: 'care', activity: 'CARE_VISIT', recurrence: 'FREQ=MONTHLY;BYMONTHDAY=1', windowDays: 31 };
const scheme = {
  type: 'contactScheme',
  id: idOf('care scheme'),
  code: 'assistance-care',
  nameZh: '结对帮扶',
  nameEn: 'Monthly care visits',
  versions: [
    {
      version: 1,
      validFrom: '2005-01-01',
      contactor: { kind: 'CADRE' },
      target: { kinds: [] },
      duties: [{ ...care, dayOffRule: 'KEEP' }],
      source: 'SEED',
    },
  ],
};

let subgraph: SubgraphUnderTest;
let files: TableFiles;
beforeAll(async () => {
  subgraph = await subgraphUnderTest(organizations, { today: TODAY, lines: [...fiveCorners, scheme] });
  files = new TableFiles(subgraph, 'organizations', office);
});
afterAll(() => subgraph.stop());

const REVISE =
  'mutation ($input: ReviseContactSchemeInput!) { reviseContactScheme(input: $input) { versions { number targetKinds duties { recurrence } } } }';
const revision = (duties: object[]) => ({
  input: {
    idempotencyKey: `revise-${duties.length}-${JSON.stringify(duties).length}`,
    id: idOf('care scheme'),
    from: '2018-10-01',
    terms: { contactor: { kind: 'CADRE' }, targetKinds: [], duties, source: 'ASSUMED' },
  },
});

describe('a scheme whose targets are households', () => {
  it('is taken out as a table and comes back unchanged', async () => {
    const { progress, issues } = await files.bring('schemes', await files.take('schemes'));
    expect([progress.unchanged, progress.refused, issues.nodes]).toEqual([1, 0, []]);
  });

  it('changes its schedule like any other, as long as it asks for care visits alone', async () => {
    for (const duties of [[], [{ ...care, activity: 'VISIT' }], [care, { ...care, code: 'visit', activity: 'VISIT' }]])
      expect(await subgraph.refusal(office, REVISE, revision(duties))).toMatchObject({
        code: 'input.invalid',
        field: 'input.terms.targetKinds',
      });
    const rule = 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1';
    const { reviseContactScheme } = await subgraph.answer(office, REVISE, revision([{ ...care, recurrence: rule }]));
    expect(reviseContactScheme.versions).toEqual(
      expect.arrayContaining([{ number: 2, targetKinds: [], duties: [{ recurrence: rule }] }]),
    );
  });
});
