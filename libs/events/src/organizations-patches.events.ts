import { z } from 'zod';
import { code, day, defineEvent, id } from './event-contract.ts';

const patch = { context: 'organizations', aggregate: 'patch' } as const;
const patchFacts = {
  patchId: id.describe('片 · The patch; also the key.'),
  subdistrictId: id.describe('街镇 · Of which subdistrict or town.'),
  code: code('代码 · Its code.', '310110016-P1'),
  on: day.describe('生效日 · Since when this is so; it may lie ahead.'),
};
const areaIds = z.array(id).describe('居民区 · The residential areas that it holds then.');

export const patchCreated = defineEvent({
  ...patch,
  name: 'created',
  data: z.strictObject({ ...patchFacts, areaIds }),
  when: 'Residential areas of a subdistrict are put together, or go together to another subdistrict.',
  why: 'A group of leaders can hold them.',
});
export const patchChanged = defineEvent({
  ...patch,
  name: 'changed',
  data: z.strictObject({ ...patchFacts, areaIds }),
  when: 'A patch holds other residential areas from a day on, by decision or because areas moved.',
  why: 'Whoever holds the patch contacts these; coverage follows.',
});
export const patchDissolved = defineEvent({
  ...patch,
  name: 'dissolved',
  data: z.strictObject(patchFacts),
  when: 'A patch ends, by decision or because nothing is left of it.',
  why: 'Nobody holds it any longer; its areas can be put together otherwise.',
});
