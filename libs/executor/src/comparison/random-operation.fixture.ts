/* Operations at random over a schema: aliases, arguments as literals and variables, fragments of all kinds, conditions. */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Dice } from './dice.fixture.ts';

/** An operation with variables for it. */
export interface RandomOperation {
  source: string;
  variables: Record<string, unknown>;
}

/** An operation that the schema allows. */
export function randomOperation(schema: GraphQLSchema, dice: Dice): RandomOperation {
  for (;;) {
    const operation = attempt(schema, dice);
    const problems = validate(schema, parse(operation.source), undefined, { maxErrors: 1 });
    if (problems.length === 0) return operation;
    // Names are chosen without looking, so that some clash; anything else would be a fault of this file
    const others = validate(schema, parse(operation.source)).filter(({ message }) => !/conflict/.test(message));
    if (others[0]) throw new Error(`${others[0].message}\n${operation.source}`);
  }
}

function attempt(schema: GraphQLSchema, dice: Dice): RandomOperation {
  const declared = new Map<string, string>();
  const variables: Record<string, unknown> = {};
  const fragments: string[] = [];
  let aliases = 0;

  const condition = () => {
    if (!dice.chance(12)) return '';
    const directive = dice.pick(['skip', 'include']);
    if (dice.chance(15)) return ` @${directive}(if: ${dice.pick(['true', 'false'])})`;
    const name = `if${dice.roll(3)}`;
    declared.set(name, name === 'if2' ? 'Boolean = true' : 'Boolean!');
    if (name !== 'if2' || dice.chance(50)) variables[name] ??= dice.chance(50);
    return ` @${directive}(if: $${name})`;
  };
  const args = () => {
    if (dice.chance(30)) return '';
    if (dice.chance(60)) return `(n: ${dice.roll(3)})`;
    declared.set('n', 'Int');
    if (dice.chance(70)) variables['n'] = dice.chance(20) ? null : dice.roll(4);
    return '(n: $n)';
  };

  const selections = (type: GraphQLCompositeType, depth: number): string => {
    const lines: string[] = [];
    for (let count = 1 + dice.roll(3); count > 0; count -= 1) lines.push(selection(type, depth));
    return `{ ${lines.join(' ')} }`;
  };
  const selection = (type: GraphQLCompositeType, depth: number): string => {
    if (dice.chance(8)) return dice.chance(50) ? '__typename' : `t${(aliases += 1)}: __typename`;
    if (dice.chance(isObjectType(type) ? 12 : 45)) return fragment(type, depth);
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const usable = fields.filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    if (usable.length === 0) return '__typename';
    const field = dice.pick(usable);
    const given = field.args.length > 0 ? args() : '';
    const alias = dice.chance(given ? 50 : 15)
      ? `${dice.pick(['a', 'b', 'c', 'x1', 'y0'])}${dice.chance(40) ? '' : (aliases += 1)}: `
      : '';
    const named = getNamedType(field.type);
    return `${alias}${field.name}${given}${condition()}${isCompositeType(named) ? ` ${selections(named, depth - 1)}` : ''}`;
  };
  const fragment = (type: GraphQLCompositeType, depth: number): string => {
    const objects = isAbstractType(type) ? schema.getPossibleTypes(type) : [type as GraphQLObjectType];
    const others = [...Object.values(schema.getTypeMap())].filter(
      (each) =>
        isAbstractType(each) && !each.name.startsWith('_') && objects.some((object) => schema.isSubType(each, object)),
    ) as GraphQLCompositeType[];
    const on = dice.chance(70) ? dice.pick(objects) : dice.pick([type, ...others]);
    if (dice.chance(20)) {
      const name = `F${fragments.length}`;
      const place = fragments.push('') - 1;
      fragments[place] = `fragment ${name} on ${on.name} ${selections(on, depth - 1)}`;
      return `...${name}${condition()}`;
    }
    return `...${on === type && dice.chance(50) ? '' : ` on ${on.name}`}${condition()} ${selections(on, depth - 1)}`;
  };

  const mutation = schema.getMutationType();
  const isMutation = mutation && dice.chance(12);
  const root = isMutation ? mutation : (schema.getQueryType() as GraphQLObjectType);
  const body = selections(root, 3);
  const definitions = [...declared].map(([name, type]) => `$${name}: ${type}`).join(', ');
  const head = `${isMutation ? 'mutation' : 'query'} ${dice.chance(70) ? 'Op' : ''}${definitions ? `(${definitions})` : ''}`;
  return { source: [`${head} ${body}`, ...fragments].join('\n'), variables };
}
