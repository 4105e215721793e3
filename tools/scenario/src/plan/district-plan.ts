import type { LngLat } from '../geometry/projection.ts';
import type { Day } from '../days.ts';

/** A name in the two languages of the graph. */
interface Named {
  zh: string;
  en: string;
}

/** A subdistrict or town. */
export interface SubdistrictPlan extends Named {
  code: string;
  kind: 'SUBDISTRICT' | 'TOWN';
  areaKm2: number;
  residents: number;
  residentialAreas: number;
  centre: LngLat;
}

/** A change of boundaries: a new subdistrict takes over residential areas of others. */
export interface BoundaryChange extends Named {
  on: Day;
  code: string;
  /** From whom it takes how many residential areas: all (the former one ends), or its last so many. */
  takes: { code: string; areas: 'ALL' | number }[];
}

/** How many cadres of each rank an organization of a kind has, altogether over all of that kind. */
interface Staffing {
  BUREAU: number;
  DIVISION: number;
  SECTION: number;
  STAFF: number;
}

/** What a data set is made from: everything that differs between districts, and nothing that is left to chance. */
export interface DistrictPlan extends Named {
  key: string;
  code: string;
  /** Begins staff numbers, team and case numbers. */
  prefix: string;
  outline: LngLat[];
  /** The day on which all the counts below hold. */
  figuresDay: Day;
  subdistricts: SubdistrictPlan[];
  change?: BoundaryChange;
  leadingBodies: Named[];
  departments: Named[];
  /** Department (index) that a drain is reported to. */
  drainage: { departmentIndex: number; subdistrictCode: string };
  institutions: number;
  stateOwnedEnterprises: number;
  enterprises: number;
  universities: number;
  researchInstitutes: number;
  staffing: Record<'LEADING_BODY' | 'DEPARTMENT' | 'INSTITUTION' | 'STATE_OWNED_ENTERPRISE' | 'SUBDISTRICT', Staffing>;
  /** Cadres of division level outside the subdistricts who contact a residential area. */
  divisionContactors: number;
  branches: { office: number; soe: number; institution: number; community: number; twoNew: number; paired: number };
  /** Who stood where on the day of the statistic of grassroots experience. */
  experience: { asOf: Day; population: number; without: number; young: number; retiredSince: number };
  party: { helpers: number; notHelping: number };
  representatives: { delegates: number; deputies: number; members: number; former: number };
  grids: number;
  teams: number;
  participants: { active: number; former: number; cadres: number };
  households: number;
  hardship: { all: number; assisted: number; ended: number; later: number };
  /** At scale 1, in the months before the reference day. */
  homeVisits: number;
  otherCases: number;
}
