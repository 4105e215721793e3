import 'reflect-metadata';
import {
  RECORD,
  cadre,
  contactedAreas,
  frontlineOffice,
  gridWorker,
  idOf,
  somebody,
  visit,
} from '../activity/contacted-areas.fixture.ts';

describe('who sees which duties', () => {
  let district: Awaited<ReturnType<typeof contactedAreas>>;
  beforeAll(async () => {
    district = await contactedAreas();
  });
  afterAll(() => district.stop());

  /** The assignments whose duties somebody sees. */
  const seen = async (who: typeof gridWorker) => {
    const { duties } = await district.answer(who, '{ duties(first: 100) { nodes { assignment { id } } } }');
    return new Set<string>(duties.nodes.map(({ assignment }: { assignment: { id: string } }) => assignment.id));
  };
  const those = (...names: string[]) => new Set(names.map(idOf));
  const all = ['of the director', 'of the deputy', 'of another', 'former', 'of the department'];

  it.each(['FRONTLINE_OFFICE', 'LEADER', 'ORG_DEPARTMENT', 'INSPECTION', 'AUDITOR'] as const)(
    '%s sees those of the district',
    async (role) => expect(await seen(somebody(role, role))).toEqual(those(...all)),
  );

  it('a cadre sees what they owe themselves, together with others, as a liaison, or with their office', async () => {
    expect(await seen(cadre('director'))).toEqual(those('of the director', 'former'));
    expect(await seen(cadre('deputy director'))).toEqual(those('of the director', 'of the deputy'));
    expect(await seen(cadre('liaison'))).toEqual(those('of the director'));
    expect(await seen(cadre('member'))).toEqual(those('of the department'));
    expect(await seen(cadre('stranger'))).toEqual(those());
  });

  it('a place sees what is owed there, and a department what it owes', async () => {
    expect(await seen(gridWorker)).toEqual(those('of the director', 'of the deputy', 'of another'));
    expect(await seen(somebody('SUBDISTRICT', 'north', 'north'))).toEqual(those(...all.slice(0, 4)));
    expect(await seen(somebody('SUBDISTRICT', 'south', 'south'))).toEqual(those('of the department'));
    expect(await seen(somebody('DEPARTMENT', 'office', 'south'))).toEqual(those('of the department'));
    expect(await seen(somebody('SUBDISTRICT', 'nowhere'))).toEqual(those());
  });

  it('whoever kept a duty sees it', async () => {
    expect(await seen(cadre('companion'))).toEqual(those());
    const input = visit({ withCadreIds: [idOf('companion')] });
    await district.answer(cadre('another'), RECORD, input);
    expect(await seen(cadre('companion'))).toEqual(those('of another'));
  });

  it('an administrator sees none, a partner may not ask', async () => {
    expect(await seen(somebody('ADMIN', 'admin'))).toEqual(those());
    expect(await district.refusal(somebody('PARTNER', 'partner'), '{ duties { totalCount } }')).toMatchObject({
      code: 'access.denied',
    });
  });

  it('holds for a duty by its id and in lists under others', async () => {
    const id = idOf('of another 2018-08-01');
    const one = `{ duty(id: "${id}") { id } contactAssignments(filter: { targetId: "${idOf('area-1')}" }) { nodes { id duties { totalCount } } } }`;
    const hidden = await district.answer(cadre('stranger'), one);
    expect(hidden.duty).toBeNull();
    expect(
      hidden.contactAssignments.nodes.map(({ duties }: { duties: { totalCount: number } }) => duties.totalCount),
    ).toEqual([0, 0, 0]);
    expect((await district.answer(frontlineOffice, one)).duty).toEqual({ id });
  });
});
