import type { Day } from '../days.ts';
import { idOf, organizationId } from '../ids.ts';
import { DEMO, type ImportLine, type Period } from '../output/import-line.ts';
import { areaCodes, whileUnder } from '../organizations/territory.ts';
import type { Cadre } from '../personnel/cadre.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';

/** A patch as the import reads it. */
export interface PatchLine extends ImportLine, Period {
  type: 'patch';
  subdistrictId: string;
  code: string;
  nameZh: string;
  nameEn: string;
  areas: ({ areaId: string } & Period)[];
}

/** A patch with what ids don't tell: the subdistrict, its areas, and the leaders who hold it together. */
export interface PatchOfLeaders {
  line: PatchLine;
  subdistrictCode: string;
  areaCodes: string[];
  leaderIds: string[];
}

/** Since when leaders hold patches: the scheme’s first day. */
export const PATCHES_FROM: Day = '2018-01-01';

/** Leaders of a subdistrict who hold one patch together. ASSUMED, as is how many patches there are. */
const LEADERS_OF_A_PATCH = 2;

/**
 * Patches of every subdistrict: neighbouring residential areas, about equally many in each, and for each a group of the
 * subdistrict's leaders. A patch ends with its subdistrict, and loses areas that go to another.
 */
export function patchesOf(plan: DistrictPlan, cadres: readonly Cadre[]): PatchOfLeaders[] {
  return plan.subdistricts.flatMap((subdistrict) => {
    const { code: subdistrictCode } = subdistrict;
    const leaders = cadres.filter(
      ({ rank, isServing, organizationCode }) =>
        rank === 'DIVISION' && isServing && organizationCode === subdistrictCode,
    );
    const areas = areaCodes(plan).filter((code) => code.startsWith(subdistrictCode));
    const count = Math.max(1, Math.floor(leaders.length / LEADERS_OF_A_PATCH));
    return Array.from({ length: count }, (_, nth): PatchOfLeaders => {
      const own = areas.filter((_code, at) => Math.floor((at * count) / areas.length) === nth);
      const code = `${subdistrictCode}-P${nth + 1}`;
      return {
        subdistrictCode,
        areaCodes: own,
        leaderIds: leaders.filter((_leader, at) => at % count === nth).map(({ line }) => line.id),
        line: {
          type: 'patch',
          id: idOf('patch', code),
          subdistrictId: organizationId(subdistrictCode),
          code,
          nameZh: `${subdistrict.zh}第${nth + 1}片${DEMO}`,
          nameEn: `${subdistrict.en} patch ${nth + 1} (demo)`,
          ...whileUnder(plan, subdistrictCode, undefined, PATCHES_FROM),
          areas: own.map((area) => ({
            areaId: organizationId(area),
            ...whileUnder(plan, subdistrictCode, area, PATCHES_FROM),
          })),
        },
      };
    });
  });
}
