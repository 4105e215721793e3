import { z } from 'zod';

/** What frontend teams' builds write: Apollo's manifest, or a plain map of ids to texts as code generators make it. */
const manifest = z.union([
  z
    .object({
      format: z.literal('apollo-persisted-query-manifest'),
      version: z.literal(1),
      operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
    })
    .transform(({ operations }) => new Map(operations.map(({ id, body }) => [id, body]))),
  z.record(z.string().min(1), z.string().min(1)).transform((texts) => new Map(Object.entries(texts))),
]);

/** The documents of a manifest, texts by their ids. Throws an error that says what is wrong with it. */
export function readManifest(json: string): ReadonlyMap<string, string> {
  const read = manifest.safeParse(JSON.parse(json));
  if (read.success) return read.data;
  throw new Error('it is neither an apollo-persisted-query-manifest of version 1 nor a JSON object of ids and texts');
}
