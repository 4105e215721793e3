import { Arg, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { PUBLIC } from '@frontline/access';
import { Access, platformErrors, SAME_AS_PARENT } from '@frontline/platform';
import { enumNames } from './enum-names.generated.ts';

@ObjectType({ description: '枚举值名称 · What screens call one value of an enum.' })
@Access(SAME_AS_PARENT)
export class EnumValueName {
  @Field({ description: '值 · The value as the graph writes it.' })
  value!: string;

  @Field({ description: '中文名 · Chinese name.' })
  zh!: string;

  @Field({ description: '英文名 · English name.' })
  en!: string;

  @Field(() => String, {
    nullable: true,
    description: '说明 · What the value means, where its name does not say it.',
  })
  description?: string | undefined;
}

@ObjectType({ description: '枚举名称 · The names of the values of one enum, in the order in which screens list them.' })
@Access(SAME_AS_PARENT)
export class EnumNames {
  @Field({ description: '枚举 · Name of the enum in the graph.' })
  name!: string;

  @Field({ description: '中文名 · Chinese name of the enum.' })
  zh!: string;

  @Field({ description: '说明 · What the enum tells apart.' })
  description!: string;

  @Field(() => [EnumValueName], { description: '值 · Its values.' })
  values!: EnumValueName[];
}

const all: ReadonlyMap<string, EnumNames> = new Map(enumNames.map((one) => [one.name, one]));

@Resolver(() => EnumNames)
export class EnumNamesResolver {
  @Query(() => [EnumNames], {
    nullable: true,
    description:
      '枚举名称 · Chinese and English names of the values of every enum of the graph, whichever service has it.',
  })
  @Access(PUBLIC)
  enumNames(
    @Arg('names', () => [String], { nullable: true, description: '枚举 · Only these enums; all when absent.' })
    names?: string[] | null,
  ): EnumNames[] {
    if (!names) return [...all.values()];
    return [...new Set(names)].map((name) => {
      const known = all.get(name);
      if (!known) throw platformErrors('input.invalid', { rule: `the graph has no enum ${name}` }, { field: 'names' });
      return known;
    });
  }
}
