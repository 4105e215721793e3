import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate, PageArgs } from '@frontline/platform';

const KEY = '幂等键 · A text of your own making, 8 to 100 characters; the same input again gives the same patch.';

@ArgsType()
export class PatchesArgs extends PageArgs {
  @Field(() => LocalDate, { nullable: true, description: '日期 · Those that exist on this day; today when absent.' })
  on?: string | null;
}

@InputType({ description: '划片 · Residential areas of a subdistrict to hold together.' })
export class CreatePatchInput {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '街镇 · The subdistrict or town.' })
  subdistrictId!: string;

  @Field({ description: '代码 · Code: letters, digits, hyphens.' })
  code!: string;

  @Field({ description: '中文名 · Chinese name, 1 to 100 characters.' })
  nameZh!: string;

  @Field({ description: '英文名 · English name, 1 to 100 characters.' })
  nameEn!: string;

  @Field(() => [ID], { description: '居民区 · Residential areas of the subdistrict, each in no other patch then.' })
  areaIds!: string[];

  @Field(() => LocalDate, { description: '起始日 · First day.' })
  from!: string;
}

/** What every change of a patch asks for. */
@InputType()
abstract class PatchChange {
  @Field({ description: KEY })
  idempotencyKey!: string;

  @Field(() => ID, { description: '片 · The patch.' })
  patchId!: string;

  @Field(() => Int, { nullable: true, description: '版本 · The version you saw; another one by now is refused.' })
  expectedVersion?: number | null;
}

@InputType({ description: '调整片区 · Which residential areas a patch holds from a day on.' })
export class ChangePatchInput extends PatchChange {
  @Field(() => [ID], { description: '居民区 · All of them, not only new ones.' })
  areaIds!: string[];

  @Field(() => LocalDate, { description: '生效日 · Since when; not before today.' })
  from!: string;
}

@InputType({ description: '撤销片区 · The end of a patch; whoever holds it holds it no longer.' })
export class DissolvePatchInput extends PatchChange {
  @Field(() => LocalDate, { description: '终止日 · First day on which it no longer exists; not before today.' })
  on!: string;
}
