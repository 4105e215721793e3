import type { Day } from '../days.ts';
import type { LngLat } from '../geometry/projection.ts';
import type { Outline } from '../geometry/tiling.ts';
import { organizationId } from '../ids.ts';
import type { ImportLine, Period } from '../output/import-line.ts';

export type OrganizationKind =
  | 'DISTRICT'
  | 'LEADING_BODY'
  | 'DEPARTMENT'
  | 'INSTITUTION'
  | 'STATE_OWNED_ENTERPRISE'
  | 'SUBDISTRICT'
  | 'TOWN'
  | 'RESIDENTIAL_AREA'
  | 'SERVICE_CENTRE'
  | 'ENTERPRISE'
  | 'UNIVERSITY'
  | 'RESEARCH_INSTITUTE'
  | 'PARTY_BRANCH';

export type BranchSector = 'OFFICE' | 'SOE' | 'INSTITUTION' | 'COMMUNITY' | 'TWO_NEW';

/** An organization as the import reads it. */
export interface OrganizationLine extends ImportLine {
  type: 'organization';
  code: string;
  creditCode?: string;
  kind: OrganizationKind;
  sector?: BranchSector;
  names: ({ zh: string; en: string } & Period)[];
  parents: ({ tree: 'TERRITORY' | 'FUNCTION'; parentId: string } & Period)[];
  from: Day;
  until?: Day;
  status: 'ACTIVE' | 'MERGED' | 'DISSOLVED';
  location?: LngLat;
  outline?: Outline;
  /** Where it has been, where that has changed; instead of location and outline. */
  locations?: ({ location?: LngLat; outline?: Outline } & Period)[];
  residents?: number;
  areaKm2?: number;
  successors?: { organizationId: string; on: Day; residentialAreaIds?: string[] }[];
}

/** Since when the organizations of the data set exist: before anything that is told of them. ASSUMED. */
export const FOUNDED: Day = '1978-01-01';

type Tree = 'TERRITORY' | 'FUNCTION';

/** An organization that has had one name and one parent all its time. */
export function organization(
  code: string,
  kind: OrganizationKind,
  name: { zh: string; en: string },
  parent: { tree: Tree; code: string } | undefined,
  more: Partial<OrganizationLine> = {},
): OrganizationLine {
  const from = more.from ?? FOUNDED;
  const until = more.until === undefined ? {} : { until: more.until };
  return {
    type: 'organization',
    id: organizationId(code),
    code,
    kind,
    names: [{ zh: name.zh, en: name.en, from, ...until }],
    parents: parent ? [{ tree: parent.tree, parentId: organizationId(parent.code), from, ...until }] : [],
    from,
    status: 'ACTIVE',
    ...more,
  };
}
