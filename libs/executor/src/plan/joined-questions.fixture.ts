/** A question about entities as subgraphs get it, alone or joined with others. */
export interface EntitiesAsked {
  /** Representations, by the name under which their entities are answered. */
  lists: ReadonlyMap<string, readonly Record<string, unknown>[]>;
  /** Data with what `entity` says for each representation. */
  answered(entity: (representation: Record<string, unknown>) => unknown): Record<string, unknown>;
}

/** Takes the variables of a question apart. */
export function entitiesAsked(variables: Readonly<Record<string, unknown>>): EntitiesAsked {
  const lists = new Map(
    Object.entries(variables).flatMap(([name, value]) =>
      Array.isArray(value) && /^(representations|r\d+)$/.test(name)
        ? [[name === 'representations' ? '_entities' : name.replace('r', 'e'), value as Record<string, unknown>[]]]
        : [],
    ),
  );
  return {
    lists,
    answered: (entity) =>
      Object.fromEntries([...lists].map(([name, representations]) => [name, representations.map(entity)])),
  };
}
