/** A fault that graphql-js found in a query or its variables, in terms that clients can branch on. */
export interface QueryFault {
  /** Stable dotted code. */
  code: string;
  /** Path of the input that is wrong, such as `input.demands[0].kind`, where graphql-js says it. */
  field?: string;
}

/**
 * graphql-js tells its faults apart by their words only. The first pattern that fits decides; the words are those of
 * graphql 16, and a spec runs every one of them through its validator, so that an upgrade that rewords them is noticed.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/ does not exist in "\w+" enum\./, 'input.unknownEnumValue'],
  [/Enum "\w+" cannot represent /, 'input.unknownEnumValue'],
  [/ is not defined by type "\w+"\./, 'input.unknownField'],
  [/^Unknown argument "/, 'query.unknownArgument'],
  [
    / of required type "[^"]+" was not provided\.|is required, but it was not provided\.| must not be null\./,
    'input.missing',
  ],
  [
    /^Variable "\$\w+" got invalid value |cannot represent |^Expected value of type |^Expected type "|^Value for /,
    'input.wrongType',
  ],
  [/^Variable "\$\w+" of type .* used in position expecting type /, 'input.wrongType'],
  [/^There can be only one input field named|must specify exactly one key\.|must be non-null\.$/, 'input.wrongType'],
  [/^Cannot query field "/, 'query.unknownField'],
  [/^Unknown type "/, 'query.unknownType'],
  [/^Variable "\$\w+" is not defined/, 'query.unknownVariable'],
  [/^Unknown fragment "/, 'query.unknownFragment'],
  [/^(Must provide operation name|Unknown operation named)/, 'query.operationName'],
];

/** Classifies the message of a validation or coercion error of graphql-js. */
export function queryFault(message: string): QueryFault {
  const code = patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'query.invalid';
  const field =
    / at "([^"]+)";/.exec(message)?.[1] ??
    /^Variable "\$(\w+)" (?:got invalid|of required|of non-null)/.exec(message)?.[1];
  return field === undefined ? { code } : { code, field };
}
