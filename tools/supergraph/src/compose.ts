import { composeServices } from '@theguild/federation-composition';
import { buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';

/** One subgraph as its service committed it. */
export interface SubgraphFile {
  /** Name in the supergraph; also the audience of its internal tokens and the name of its setting SUBGRAPH_URL_…. */
  name: string;
  /** The schema in SDL. */
  sdl: string;
}

/** What composition makes: the file that the gateway loads, and the schema that clients see. */
export interface Composed {
  /** The supergraph in SDL, with placeholder addresses. */
  supergraph: string;
  /** The schema of the public API in SDL, sorted, so that a change reads as a small difference. */
  api: string;
}

/** The subgraphs don't fit together; the message lists every reason on lines of its own. */
export class CompositionRefused extends Error {}

/**
 * The address that stands in the committed supergraph. It leads nowhere (RFC 2606), since the file is the same for
 * every deployment; the gateway's settings name the real ones.
 */
function placeholderUrl(name: string): string {
  return `http://${name}.invalid/graphql`;
}

/** Composes subgraphs; the order in which they are given doesn't matter. Throws {@link CompositionRefused}. */
export function compose(subgraphs: readonly SubgraphFile[]): Composed {
  const sorted = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const result = composeServices(
    sorted.map(({ name, sdl }) => ({ name, url: placeholderUrl(name), typeDefs: parsed(name, sdl) })),
  );
  if (result.errors) throw new CompositionRefused(explained(result.errors));
  return {
    supergraph: `${result.supergraphSdl.trimEnd()}\n`,
    api: `${printSchema(lexicographicSortSchema(buildSchema(result.publicSdl))).trimEnd()}\n`,
  };
}

function parsed(name: string, sdl: string) {
  try {
    return parse(sdl, { noLocation: true });
  } catch (error) {
    throw new CompositionRefused(`  ${name}: ${(error as Error).message}`, { cause: error });
  }
}

/** Composition's errors with their codes; a message that begins with `[subgraph]` keeps saying whose fault it is. */
function explained(errors: readonly { message: string; extensions?: Record<string, unknown> }[]): string {
  return errors
    .map(({ message, extensions }) => {
      const code = extensions?.['code'];
      return `  ${typeof code === 'string' ? `${code}: ` : ''}${message.split('\n').join('\n    ')}`;
    })
    .join('\n');
}
