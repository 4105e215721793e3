import { covers, type Day } from './days.ts';
import type { ContactSchemeLine } from './contacts/schemes.ts';
import { readScenario, type Lines } from './read-scenario.fixture.ts';
import { small } from './plan/small.ts';
import { yangpu } from './plan/yangpu.ts';

type Rule = ContactSchemeLine['versions'][number]['contactor'];

describe.each([
  ['yangpu at a twentieth', yangpu, 0.05, '2018-08-17'],
  ['small', small, 1, '2018-08-17'],
])('the schemes of %s', (_name, plan, scale, asOf) => {
  let lines: Lines;
  let admits: (rule: Rule, id: string, day: Day) => boolean;
  beforeAll(() => {
    lines = readScenario(plan, scale, asOf);
    const organizations = new Map(lines.organization.map((one) => [one.id, one]));
    const cadres = new Map(lines.cadre.map((one) => [one.id, one]));
    const named = (rule: Rule, id: string): boolean =>
      (rule.organizationIds?.includes(id) ?? true) &&
      (rule.organizationKinds?.includes(organizations.get(id)?.kind as never) ?? true);
    admits = (rule, id, day) => {
      if (rule.kind === 'ORGANIZATION') {
        const organization = organizations.get(id);
        return organization !== undefined && covers(organization, day) && named(rule, id);
      }
      const cadre = cadres.get(id);
      if (!cadre) return false;
      const held = <R extends { from: Day; until?: Day }>(rows: readonly R[]) => rows.filter((row) => covers(row, day));
      const isMember = held(cadre.partyMembership).some(({ kind }) => rule.memberships?.includes(kind));
      return (
        held(cadre.ranks).some(({ rank }) => rule.ranks?.includes(rank) ?? true) &&
        held(cadre.posts).some(({ organizationId }) => named(rule, organizationId)) &&
        (!rule.memberships || isMember)
      );
    };
  });
  const ruleOf = (scheme: string, day: Day): Rule => {
    const versions = lines.contactScheme.find(({ code }) => code === scheme)?.versions ?? [];
    return versions.findLast(({ validFrom }) => validFrom <= day)?.contactor as Rule;
  };

  it('admit everybody who holds a contact under them, on its first day', () => {
    const wrong = lines.contactAssignment.filter(({ scheme, contactorIds, from }) => {
      const rule = ruleOf(scheme, from);
      return !rule || contactorIds.some((id) => !admits(rule, id, from));
    });
    expect(wrong.map(({ scheme, from }) => `${scheme} ${from}`)).toEqual([]);
    expect(new Set(lines.contactAssignment.map(({ scheme }) => scheme)).size).toBe(lines.contactScheme.length - 1);
  });

  it('let office cadres go along, in the register as with each contact, on its first day', () => {
    const kinds = new Map(lines.organization.map(({ id, kind }) => [id, kind as string]));
    const cadres = new Map(lines.cadre.map((one) => [one.id, one]));
    const inOffice = (id: string, day: Day) =>
      cadres
        .get(id)
        ?.posts.some(
          (post) => covers(post, day) && /^(LEADING_BODY|DEPARTMENT)$/.test(kinds.get(post.organizationId) ?? ''),
        );
    const going = [
      ...lines.contactAssignment.flatMap(({ liaisonIds, from }) => liaisonIds.map((id) => ({ id, from }))),
      ...lines.liaison.map(({ liaisonId: id, from }) => ({ id, from })),
    ];
    expect(going.length).toBeGreaterThan(10);
    expect(going.filter(({ id, from }) => !inOffice(id, from))).toEqual([]);
  });

  it('let exactly one of the leading bodies answer online, each its own', () => {
    const answering = ['dialogue-party', 'dialogue-government'].map((scheme) =>
      lines.organization
        .filter(({ id }) => admits(ruleOf(scheme, asOf), id, asOf))
        .map(({ kind, code }) => [kind, code]),
    );
    expect(answering).toEqual([[['LEADING_BODY', `${plan.code}-L1`]], [['LEADING_BODY', `${plan.code}-L3`]]]);
  });

  it('ask every serving party cadre, and nobody else, to assist a household; all helpers are among them', () => {
    const eligible = new Set(
      lines.cadre.filter(({ id }) => admits(ruleOf('assistance-care', asOf), id, asOf)).map(({ id }) => id),
    );
    const helpers = new Set(lines.pairedAssistance.filter((one) => covers(one, asOf)).map(({ cadreId }) => cadreId));
    expect([...helpers].filter((id) => !eligible.has(id))).toEqual([]);
    expect(eligible.size).toBe(plan.party.helpers + plan.party.notHelping);
    expect(eligible.size).toBeLessThan(
      lines.cadre.filter((one) => one.posts.some((post) => covers(post, asOf))).length,
    );
  });
});
