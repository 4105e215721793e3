import { defineErrors } from '@frontline/platform/process';

/** Faults of a query or its variables. The English sentence is graphql-js's own, since it names what was written; the Chinese one names the field. */
export const queryErrors = defineErrors({
  'query.syntax': { kind: 'invalid', status: 400, en: '{problem}', zh: '查询不符合 GraphQL 语法。' },
  'query.invalid': { kind: 'invalid', status: 400, en: '{problem}', zh: '查询与图谱不符。' },
  'query.unknownField': { kind: 'invalid', status: 400, en: '{problem}', zh: '查询了不存在的字段。' },
  'query.unknownArgument': { kind: 'invalid', status: 400, en: '{problem}', zh: '使用了不存在的参数。' },
  'query.unknownType': { kind: 'invalid', status: 400, en: '{problem}', zh: '使用了不存在的类型。' },
  'query.unknownVariable': { kind: 'invalid', status: 400, en: '{problem}', zh: '使用了未声明的变量。' },
  'query.unknownFragment': { kind: 'invalid', status: 400, en: '{problem}', zh: '使用了未定义的片段。' },
  'query.operationName': { kind: 'invalid', status: 400, en: '{problem}', zh: '未指明要执行的操作，或该操作不存在。' },
  'query.operationKind': { kind: 'invalid', status: 400, en: '{problem}', zh: '本接口不支持此类操作。' },
  'input.unknownEnumValue': { kind: 'invalid', status: 400, en: '{problem}', zh: '{field}：枚举中没有该值。' },
  'input.unknownField': { kind: 'invalid', status: 400, en: '{problem}', zh: '{field}：输入中有不存在的字段。' },
  'input.wrongType': { kind: 'invalid', status: 400, en: '{problem}', zh: '{field}：输入值的类型不符。' },
  'input.missing': { kind: 'invalid', status: 400, en: '{problem}', zh: '{field}：缺少必填的输入。' },
});

/** A code of {@link queryErrors}. */
export type QueryFaultCode = Parameters<typeof queryErrors>[0];

/** A fault that graphql-js found in a query or its variables, in terms that clients can branch on. */
export interface QueryFault {
  /** Stable dotted code. */
  code: QueryFaultCode;
  /** Path of the input that is wrong, such as `input.demands[0].kind`, where graphql-js says it. */
  field?: string;
}

/**
 * graphql-js tells its faults apart by their words only. The first pattern that fits decides; the words are those of
 * graphql 16, and a spec runs them through its validator, so that an upgrade that rewords them is noticed.
 */
const patterns: readonly (readonly [RegExp, QueryFaultCode])[] = [
  [/ does not exist in "\w+" enum\./, 'input.unknownEnumValue'],
  [/Enum "\w+" cannot represent /, 'input.unknownEnumValue'],
  [/ is not defined by type "\w+"\./, 'input.unknownField'],
  [/^Unknown argument "/, 'query.unknownArgument'],
  [/ of required type "[^"]+" was not provided\./, 'input.missing'],
  [/is required, but it was not provided\.| must not be null\./, 'input.missing'],
  [/^Variable "\$\w+" got invalid value |cannot represent /, 'input.wrongType'],
  [/^Expected value of type |^Expected type "/, 'input.wrongType'],
  [/^Variable "\$\w+" of type .* used in position expecting type /, 'input.wrongType'],
  [/^There can be only one input field named/, 'input.wrongType'],
  [/^Cannot query field "/, 'query.unknownField'],
  [/^Unknown type "/, 'query.unknownType'],
  [/^Variable "\$\w+" is not defined/, 'query.unknownVariable'],
  [/^Unknown fragment "/, 'query.unknownFragment'],
  [/^(Must provide operation name|Unknown operation named)/, 'query.operationName'],
];

/** Classifies the message of a validation or coercion error of graphql-js. */
export function queryFault(message: string): QueryFault {
  const code = patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'query.invalid';
  const holder =
    / at "([^"]+)";/.exec(message)?.[1] ??
    /^Variable "\$(\w+)" (?:got invalid|of required|of non-null|of type)/.exec(message)?.[1] ??
    / argument "(\w+)" of type "[^"]+" is required/.exec(message)?.[1];
  if (holder === undefined) return { code };
  const inside = /; Field "(\w+)" (?:of required type|is not defined by type)/.exec(message)?.[1];
  return { code, field: inside === undefined ? holder : `${holder}.${inside}` };
}

/**
 * What graphql-js says is wrong, without the value that was sent: that may hold a resident's words, and whoever sent it
 * has it.
 */
export function withoutValues(message: string): string {
  return message
    .replace(
      /^Variable "\$\w+" got invalid value .*; (?=Field "|Value |Expected |Enum |[A-Z]\w+ cannot represent)/s,
      '',
    )
    .replace(/ cannot represent ([^:]+): .*$/s, ' cannot represent $1.');
}
