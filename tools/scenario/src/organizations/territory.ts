import type { Day } from '../days.ts';
import { areaCode, type DistrictMap } from '../geometry/district-map.ts';
import { organizationId } from '../ids.ts';
import { DEMO, type Period } from '../output/import-line.ts';
import type { BoundaryChange, DistrictPlan, SubdistrictPlan } from '../plan/district-plan.ts';
import { FOUNDED, organization, type OrganizationLine } from './organization.ts';

/** Codes of the residential areas that change hands, by the subdistrict that gives them up. */
function movedAreas(plan: DistrictPlan): Map<string, string[]> {
  return new Map(
    (plan.change?.takes ?? []).map(({ code, areas }) => {
      const all = areaCodes(plan).filter((area) => area.startsWith(code));
      return [code, areas === 'ALL' ? all : all.slice(-areas)];
    }),
  );
}

/** Codes of all residential areas, in the order of their subdistricts. */
export function areaCodes(plan: DistrictPlan): string[] {
  return plan.subdistricts.flatMap(({ code, residentialAreas }) =>
    Array.from({ length: residentialAreas }, (_, nth) => areaCode(code, nth + 1)),
  );
}

const endsWith = (change: BoundaryChange | undefined, code: string): boolean =>
  change?.takes.some((taken) => taken.code === code && taken.areas === 'ALL') ?? false;

/** A subdistrict or town as it is on a day, by codes. */
export interface Place {
  code: string;
  /** Its service centre. */
  centre: string;
  /** Its residential areas, in order. */
  areas: string[];
}

/** The subdistricts and towns of a day, with a boundary change that has come by then. */
export function placesOn(plan: DistrictPlan, day: Day): Place[] {
  const { change } = plan;
  const hasChanged = change !== undefined && change.on <= day;
  const moved = hasChanged ? [...movedAreas(plan).values()].flat() : [];
  const places = plan.subdistricts
    .filter(({ code }) => !(hasChanged && endsWith(change, code)))
    .map(({ code }) => ({
      code,
      centre: centreCode(code),
      areas: areaCodes(plan).filter((area) => area.startsWith(code) && !moved.includes(area)),
    }));
  // the newcomer takes the centre of the one that ended over
  const ended = hasChanged ? plan.subdistricts.find(({ code }) => endsWith(change, code)) : undefined;
  return ended && change
    ? [...places, { code: change.code, centre: centreCode(ended.code), areas: moved.toSorted() }]
    : places;
}

/** District, subdistricts and towns, residential areas, service centres; with a boundary change that lies ahead. */
export function* territory(plan: DistrictPlan, map: DistrictMap, today: Day): Generator<OrganizationLine> {
  yield organization(plan.code, 'DISTRICT', plan, undefined, {
    outline: map.district,
    residents: plan.subdistricts.reduce((sum, { residents }) => sum + residents, 0),
    areaKm2: Number(plan.subdistricts.reduce((sum, { areaKm2 }) => sum + areaKm2, 0).toFixed(2)),
  });
  for (const subdistrict of plan.subdistricts) yield subdistrictLine(plan, map, subdistrict, today);
  if (plan.change) yield newcomer(plan, plan.change, map);
  for (const subdistrict of plan.subdistricts) {
    for (let nth = 1; nth <= subdistrict.residentialAreas; nth += 1) yield areaLine(plan, map, subdistrict, nth);
    yield centreLine(plan, subdistrict);
  }
}

function subdistrictLine(
  plan: DistrictPlan,
  map: DistrictMap,
  subdistrict: SubdistrictPlan,
  today: Day,
): OrganizationLine {
  const { change } = plan;
  const moved = movedAreas(plan).get(subdistrict.code);
  const ends = endsWith(change, subdistrict.code);
  return organization(
    subdistrict.code,
    subdistrict.kind,
    subdistrict,
    { tree: 'TERRITORY', code: plan.code },
    {
      ...(ends && { until: change?.on as Day }),
      status: ends && today >= (change?.on as Day) ? 'MERGED' : 'ACTIVE',
      ...whereabouts(plan, map, subdistrict),
      residents: subdistrict.residents,
      areaKm2: subdistrict.areaKm2,
      ...(change &&
        moved && {
          successors: [
            {
              organizationId: organizationId(change.code),
              on: change.on,
              residentialAreaIds: moved.map(organizationId),
            },
          ],
        }),
    },
  );
}

/** Where a subdistrict is: its outline, and what is left of it from a boundary change on that takes a part. */
function whereabouts(
  plan: DistrictPlan,
  map: DistrictMap,
  { code, centre: location }: SubdistrictPlan,
): Pick<OrganizationLine, 'location' | 'outline' | 'locations'> {
  const outline = map.outlines.get(code) as NonNullable<OrganizationLine['outline']>;
  const moved = movedAreas(plan).get(code);
  if (!plan.change || !moved || endsWith(plan.change, code)) return { location, outline };
  const { on } = plan.change;
  const left = areaCodes(plan).filter((area) => area.startsWith(code) && !moved.includes(area));
  return {
    locations: [
      { location, outline, from: FOUNDED, until: on },
      { location, outline: map.together(left), from: on },
    ],
  };
}

function newcomer(plan: DistrictPlan, change: BoundaryChange, map: DistrictMap): OrganizationLine {
  const moved = [...movedAreas(plan).values()].flat();
  return organization(
    change.code,
    'SUBDISTRICT',
    change,
    { tree: 'TERRITORY', code: plan.code },
    {
      from: change.on,
      location: map.centres.get(moved[0] as string) as never,
      outline: map.together(moved),
    },
  );
}

/** Where something of a subdistrict stands in the territory tree, before and after a boundary change. */
function parentsOf(plan: DistrictPlan, subdistrict: string, moves: boolean, from: Day): OrganizationLine['parents'] {
  const parent = { tree: 'TERRITORY' as const, parentId: organizationId(subdistrict), from };
  if (!plan.change || !moves) return [parent];
  const { on, code } = plan.change;
  return [
    { ...parent, until: on },
    { tree: 'TERRITORY', parentId: organizationId(code), from: on },
  ];
}

/** While a residential area is in a subdistrict, or the subdistrict exists: until a boundary change that moves or ends it. */
export function whileUnder(plan: DistrictPlan, subdistrict: string, area: string | undefined, from: Day): Period {
  const ends = area ? movedAreas(plan).get(subdistrict)?.includes(area) : endsWith(plan.change, subdistrict);
  return { from, ...(ends && plan.change && { until: plan.change.on }) };
}

function areaLine(plan: DistrictPlan, map: DistrictMap, subdistrict: SubdistrictPlan, nth: number): OrganizationLine {
  const code = areaCode(subdistrict.code, nth);
  const short = subdistrict.zh.replace(/(新村)?(街道|镇)$/, '');
  const shortEn = subdistrict.en.replace(/ (Subdistrict|Town)$/, '');
  const name = { zh: `${short}第${nth}居民区${DEMO}`, en: `${shortEn} Residential Area ${nth} (demo)` };
  return organization(code, 'RESIDENTIAL_AREA', name, undefined, {
    parents: parentsOf(
      plan,
      subdistrict.code,
      movedAreas(plan).get(subdistrict.code)?.includes(code) ?? false,
      FOUNDED,
    ),
    location: map.centres.get(code) as never,
    outline: map.outlines.get(code) as never,
    residents: Math.round(subdistrict.residents / subdistrict.residentialAreas),
  });
}

/** Code of the Party service centre of a subdistrict. */
export const centreCode = (subdistrict: string): string => `${subdistrict}-SC`;

function centreLine(plan: DistrictPlan, subdistrict: SubdistrictPlan): OrganizationLine {
  const name = { zh: `${subdistrict.zh}党员服务中心`, en: `${subdistrict.en} Party Service Centre` };
  const from = '2006-01-01';
  return organization(centreCode(subdistrict.code), 'SERVICE_CENTRE', name, undefined, {
    from,
    parents: parentsOf(plan, subdistrict.code, endsWith(plan.change, subdistrict.code), from),
    location: subdistrict.centre,
  });
}
