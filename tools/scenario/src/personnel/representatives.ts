import { dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import type { Day } from '../days.ts';
import type { ImportLine } from '../output/import-line.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import type { Cadre } from './cadre.ts';
import { inventedName } from './invented-name.ts';

/** A party delegate, deputy or member as the import reads it. */
export interface PublicRepresentativeLine extends ImportLine {
  type: 'publicRepresentative';
  name: string;
  cadreId?: string;
  kind: 'PARTY_DELEGATE' | 'CONGRESS_DEPUTY' | 'CPPCC_MEMBER';
  level: 'MUNICIPAL' | 'DISTRICT';
  termFrom: Day;
  termUntil: Day;
  constituencyId?: string;
}

/** Terms of the bodies, ASSUMED: five years, the district's begin in late 2016, the city's in 2017. */
const terms = {
  now: { DISTRICT: ['2016-11-15', '2021-11-15'], MUNICIPAL: ['2017-05-10', '2022-05-10'] },
  before: { DISTRICT: ['2011-11-15', '2016-11-15'], MUNICIPAL: ['2012-05-10', '2017-05-10'] },
} as const;

/** 两代表一委员: of the present term, and some of the one before. */
export function* representatives(
  plan: DistrictPlan,
  cadres: readonly Cadre[],
  seed: string,
): Generator<PublicRepresentativeLine> {
  const random = dice(seed, 'representatives');
  const members = random.shuffled(
    cadres.filter(({ isServing, isPartyMember, rank }) => isServing && isPartyMember && rank !== 'STAFF'),
  );
  let nth = 0;
  const line = (
    kind: PublicRepresentativeLine['kind'],
    when: 'now' | 'before',
    at: number,
  ): PublicRepresentativeLine => {
    nth += 1;
    const level = at % 8 === 0 ? 'MUNICIPAL' : 'DISTRICT';
    const [termFrom, termUntil] = terms[when][level];
    const cadre = kind === 'PARTY_DELEGATE' && when === 'now' && at % 3 === 0 ? members[at / 3] : undefined;
    return {
      type: 'publicRepresentative',
      id: idOf('publicRepresentative', `${plan.code}/${nth}`),
      name: cadre?.line.name ?? inventedName(random, random.chance(0.4) ? 'FEMALE' : 'MALE'),
      ...(cadre && { cadreId: cadre.line.id }),
      kind,
      level,
      termFrom,
      termUntil,
      ...(kind !== 'CPPCC_MEMBER' && { constituencyId: organizationId(random.pick(plan.subdistricts).code) }),
    };
  };
  const { delegates, deputies, members: cppcc, former } = plan.representatives;
  for (let at = 0; at < delegates; at += 1) yield line('PARTY_DELEGATE', 'now', at);
  for (let at = 0; at < deputies; at += 1) yield line('CONGRESS_DEPUTY', 'now', at);
  for (let at = 0; at < cppcc; at += 1) yield line('CPPCC_MEMBER', 'now', at);
  const kinds = ['PARTY_DELEGATE', 'CONGRESS_DEPUTY', 'CPPCC_MEMBER'] as const;
  for (let at = 0; at < former; at += 1) yield line(kinds[at % 3] as (typeof kinds)[number], 'before', at);
}
