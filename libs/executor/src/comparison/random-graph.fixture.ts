/*
 * Makes supergraphs at random: entities with one or two kinds of keys, known to several subgraphs each; fields that one
 * subgraph owns or several share; value types, interfaces, unions, an interface that one subgraph knows as an object
 * type; @requires (with and without a path), @provides, arguments, mutations. What doesn't compose is thrown away and
 * rolled again.
 */
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { Dice } from './dice.fixture.ts';

/** A supergraph and the subgraphs that it was composed from, SDL by name. */
export interface RandomGraph {
  supergraph: string;
  subgraphs: ReadonlyMap<string, string>;
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])';

/** The first graph that composes, beginning from the seed. */
export function randomGraph(seed: number): RandomGraph {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const subgraphs = randomSubgraphs(new Dice(seed * 1000 + attempt));
    const supergraph = composed(subgraphs);
    if (supergraph !== undefined) return { supergraph, subgraphs };
  }
  throw new Error(`no graph composes from seed ${seed}`);
}

/** The supergraph of some subgraphs, `undefined` if they don't compose. */
export function composed(subgraphs: ReadonlyMap<string, string>): string | undefined {
  return composeServices(
    [...subgraphs].map(([name, sdl]) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl) })),
  ).supergraphSdl;
}

interface FieldPlan {
  name: string;
  args: string;
  type: string;
  owners: string[];
  /** Whether it is answered from required fields. Then nobody else may provide it: the value would be another. */
  mayRequire: boolean;
  /** Whether other subgraphs may provide it, or require it; one that does both could answer without being sent it. */
  lent: 'provided' | 'required';
}

function randomSubgraphs(dice: Dice): Map<string, string> {
  const names = ['alpha', 'beta', 'gamma', 'delta'].slice(0, 2 + dice.roll(3));
  const entities = ['Ant', 'Bee', 'Cat', 'Dog'].slice(0, 2 + dice.roll(3));
  const hasInterfaceObject = dice.chance(35);
  const hasInaccessible = dice.chance(15);
  const values = ['Size', 'Mood'];
  const wrap = (type: string) => dice.pick([type, type, `${type}!`, `[${type}]`, `[${type}!]!`, `[${type}!]`]);
  const scalar = () =>
    dice.pick(['String', 'Int', 'Float', 'Boolean', 'ID', 'Color', 'Blob', 'String!', 'Int!', '[Int!]', '[String]']);
  const composite = () =>
    wrap(dice.pick([...entities, ...entities, ...values, 'Being', 'Thing', ...(hasInterfaceObject ? ['Media'] : [])]));

  const fields = new Map<string, FieldPlan[]>();
  for (const entity of entities) {
    const count = 3 + dice.roll(5);
    fields.set(
      entity,
      Array.from({ length: count }, (_, index) => {
        const type = dice.chance(55) ? scalar() : composite();
        return {
          // Names are drawn from few, so that they clash across types with other shapes
          name: `${dice.pick(['x', 'y', 'z'])}${index}`,
          args: dice.chance(15) ? '(n: Int = 1, s: String)' : '',
          type,
          owners: dice.chance(70) ? [dice.pick(names)] : dice.some(names, 50),
          mayRequire: dice.chance(35),
          lent: dice.pick(['provided', 'required'] as const),
        };
      }),
    );
  }
  const keyKinds = new Map(entities.map((entity) => [entity, dice.chance(35) ? ['id', 'code'] : ['id']]));

  const sdl = new Map<string, string>();
  for (const name of names) {
    const out: string[] = [LINK, 'scalar Blob', 'enum Color { RED GREEN BLUE }'];
    const stubs = new Set<string>();
    const refer = (type: string) => {
      const named = type.replace(/[[\]!]/g, '');
      if (named === 'Being' || named === 'Thing') for (const entity of entities) stubs.add(entity);
      else stubs.add(named);
    };
    const bodies = new Map<string, string[]>();
    const externals = new Map<string, Set<string>>();
    const external = (entity: string, field: FieldPlan) =>
      externals.set(
        entity,
        (externals.get(entity) ?? new Set()).add(`${field.name}${field.args}: ${field.type} @external`),
      );
    for (const entity of entities) {
      const body: string[] = [];
      for (const field of fields.get(entity) ?? []) {
        if (!field.owners.includes(name)) continue;
        refer(field.type);
        const target = field.type.replace(/[[\]!]/g, '');
        let provides = '';
        const providable = (fields.get(target) ?? []).filter(
          (each) =>
            !each.owners.includes(name) &&
            !each.args &&
            !each.mayRequire &&
            each.lent === 'provided' &&
            isScalar(each.type),
        );
        if (providable.length > 0 && dice.chance(25)) {
          const provided = dice.pick(providable);
          external(target, provided);
          provides = ` @provides(fields: "${provided.name}")`;
        }
        let requires = '';
        // Never a field that itself requires something: Apollo's planner may then forget the inner requirement
        const others = (fields.get(entity) ?? []).filter(
          (each) => !each.owners.includes(name) && !each.args && !each.mayRequire && each.lent === 'required',
        );
        const usable = others.filter(({ type }) => isScalar(type) || values.includes(type.replace(/[[\]!]/g, '')));
        if (field.mayRequire && field.owners.length === 1 && usable.length > 0) {
          const required = dice.some(usable, 30);
          for (const each of required) {
            external(entity, each);
            if (!isScalar(each.type)) refer(each.type);
          }
          requires = ` @requires(fields: "${required.map((each) => (isScalar(each.type) ? each.name : `${each.name} { a b }`)).join(' ')}")`;
        }
        const share = field.owners.length > 1 || dice.chance(20) ? ' @shareable' : '';
        body.push(`${field.name}${field.args}: ${field.type}${share}${requires}${provides}`);
      }
      bodies.set(entity, body);
    }
    const roots: string[] = [];
    for (let index = dice.roll(3) + 1; index > 0; index -= 1) {
      const type = dice.chance(15) ? scalar() : composite();
      refer(type);
      roots.push(`${name}${index}${dice.chance(30) ? '(n: Int, s: String = "s")' : ''}: ${type}`);
    }
    if (dice.chance(20)) {
      roots.push(`common: ${dice.pick(entities)} @shareable`);
      for (const entity of entities) stubs.add(entity);
    }
    out.push(`type Query { ${roots.join('\n')} }`);
    if (dice.chance(40)) {
      const type = wrap(dice.pick(entities));
      refer(type);
      out.push(`type Mutation { ${name}Change(n: Int): ${type} }`);
    }
    // A field of an interface brings its implementing types along
    const withInterfaces = [...stubs].some((each) => each === 'Media');
    const needed = new Set([
      ...entities.filter((entity) => (bodies.get(entity)?.length ?? 0) > 0 || stubs.has(entity)),
    ]);
    const usesAbstract = entities.every((entity) => needed.has(entity));
    for (const entity of needed) {
      const kinds = keyKinds.get(entity) ?? ['id'];
      const used = kinds.length === 1 ? kinds : dice.pick([['id'], ['code'], ['id', 'code'], ['id', 'code']]);
      const body = bodies.get(entity) ?? [];
      const resolvable = body.length > 0 || dice.chance(50) ? '' : ', resolvable: false';
      const keys = used.map((key) => `@key(fields: "${key}"${resolvable})`).join(' ');
      const implemented = usesAbstract ? ' implements Being' : '';
      const idField = used.includes('id') || usesAbstract ? `id: ID!${used.includes('id') ? '' : ' @shareable'}` : '';
      const own = new Set(body.map((line) => line.split(/[(:]/)[0]));
      const outside = [...(externals.get(entity) ?? [])].filter((line) => !own.has(line.split(/[(:]/)[0]));
      out.push(
        `type ${entity}${implemented} ${keys} { ${[idField, used.includes('code') ? 'code: String!' : '', ...body, ...outside].filter(Boolean).join('\n')} }`,
      );
    }
    if (usesAbstract) out.push('interface Being { id: ID! }', `union Thing = ${entities.join(' | ')}`);
    const parts =
      hasInaccessible && dice.chance(50)
        ? 'a: Int @shareable\nb: String! @shareable\nc: Float @shareable @inaccessible'
        : 'a: Int @shareable\nb: String! @shareable';
    for (const value of values)
      out.push(
        `type ${value} { ${parts}${dice.chance(30) ? `\nd: ${dice.pick(['Boolean', 'Color', 'Blob'])} @shareable` : ''} }`,
      );
    if (hasInterfaceObject) {
      if (name === names[0])
        out.push(
          'interface Media @key(fields: "id") { id: ID! title: String }',
          'type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }',
          'type Song implements Media @key(fields: "id") { id: ID! title: String bpm: Float! }',
        );
      else if (name === names[1] || withInterfaces)
        out.push(
          `type Media @interfaceObject @key(fields: "id") { id: ID! ${name}Score: ${dice.pick(['Int', 'Int!', '[Int]'])} }`,
        );
    }
    sdl.set(name, out.join('\n'));
  }
  return sdl;
}

const isScalar = (type: string) => /^\[?(String|Int|Float|Boolean|ID|Color|Blob)\b/.test(type);
