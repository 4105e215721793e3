import { addDays, type Day } from '../days.ts';
import { dice, type Dice } from '../dice.ts';
import { idOf, organizationId } from '../ids.ts';
import { DEMO, type ImportLine } from '../output/import-line.ts';
import { inventedName, type Sex } from '../personnel/invented-name.ts';
import type { DistrictPlan } from '../plan/district-plan.ts';
import { certificatesOf, type HardshipCertificate, type HardshipList } from './hardship.ts';
import type { HouseholdRegister } from './register.ts';

interface ResidentOfLine {
  id: string;
  name: string;
  sex: Sex;
  birthYear: number;
  isHead: boolean;
  phone?: string;
}

/** A household as the import reads it. */
export interface HouseholdLine extends ImportLine {
  type: 'household';
  code: string;
  address: string;
  residentialAreaId: string;
  gridId: string;
  from: Day;
  residents: ResidentOfLine[];
  hardship?: HardshipCertificate[];
}

/** How many people live together, of a hundred households; ASSUMED. */
const SIZES = [1, 1, 1, 2, 2, 2, 2, 3, 3, 4];

/** Every household, one after the other; nothing of them is kept. */
export function* households(
  plan: DistrictPlan,
  register: HouseholdRegister,
  list: HardshipList,
  seed: string,
): Generator<HouseholdLine> {
  const random = dice(seed, 'households');
  const streets = new Map(plan.subdistricts.map(({ code, zh }) => [code, zh]));
  for (let index = 0; index < register.count; index += 1) {
    const { id, code, grid } = register.at(index);
    const slot = list.slotOf(index);
    const nth = Number(grid.areaCode.slice(9));
    const lane = `${Number(grid.code.slice(-2))}号${(Math.floor(index / 2) % 6) + 1}0${(index % 4) + 1}室`;
    yield {
      type: 'household',
      id,
      code,
      address: `${streets.get(grid.areaCode.slice(0, 9))}演示弄${nth}弄${lane}${DEMO}`,
      residentialAreaId: organizationId(grid.areaCode),
      gridId: idOf('grid', grid.code),
      from: addDays('2010-07-01', random.int(0, 1800)),
      residents: residentsOf(code, random),
      ...(slot !== undefined && { hardship: certificatesOf(list, slot, code, plan.figuresDay, random) }),
    };
  }
}

function residentsOf(code: string, random: Dice): ResidentOfLine[] {
  const headBorn = random.int(1932, 1990);
  return Array.from({ length: random.pick(SIZES) }, (_, nth) => {
    const sex: Sex = random.chance(0.5) ? 'FEMALE' : 'MALE';
    return {
      id: idOf('resident', `${code}/${nth + 1}`),
      name: inventedName(random, sex),
      sex,
      birthYear:
        nth === 0 ? headBorn : nth === 1 ? headBorn + random.int(-5, 5) : Math.min(2017, headBorn + random.int(24, 34)),
      isHead: nth === 0,
      // numbers beginning with 100 belong to nobody
      ...(nth === 0 && { phone: `100${String(random.int(0, 99_999_999)).padStart(8, '0')}` }),
    };
  });
}
