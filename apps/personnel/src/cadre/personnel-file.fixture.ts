import { v5 } from 'uuid';
import type { Fact } from '@frontline/events';
import { contractOf } from '@frontline/events';
import { NO_HEIRS } from '../succession/heirs.ts';
import type { CadreRank } from './cadre-enums.ts';
import type { PersonnelFile } from './personnel-file.ts';
import { registered } from './registration.ts';

const NAMES = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** The id of something that a test calls by a name. */
export const idOf = (name: string): string => v5(`personnel:${name}`, NAMES);

/** The day of these tests. */
export const TODAY = '2018-08-17';

/** The file of a cadre recruited in 2000, with a post and a rank since then. */
export function fileOf(name: string, rank: CadreRank = 'SECTION', today = TODAY, heirs = NO_HEIRS): PersonnelFile {
  const file = registered(
    {
      staffNumber: name,
      name: '张三',
      sex: 'MALE',
      bornOn: '1975-05-05',
      recruitedOn: '2000-07-01',
      rank,
      organizationId: idOf('department'),
      title: '科员',
    },
    today,
    (text) => text,
    heirs,
  );
  file.cadre.id = idOf(name);
  for (const row of file.added) (row as unknown as { cadreId: string }).cadreId = file.cadre.id;
  file.added.length = 0;
  return file;
}

/** Facts as they are published: checked against their contracts; type and data without the record. */
export function told(facts: readonly Fact[]): unknown[] {
  return facts.map(({ type, data }) => {
    const { record: _record, ...rest } = contractOf(type).data.parse(data) as { record?: unknown };
    return { type, ...rest };
  });
}

/** The code of the error that a decision ends with. */
export function refusal(decision: () => unknown): { code?: string; field?: string } {
  try {
    decision();
  } catch (error) {
    const { code, field } = error as { code?: string; field?: string };
    return { code, field } as { code: string; field: string };
  }
  return {};
}
