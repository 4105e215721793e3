/** The closed set of reasons for which a request can be refused. */
export type ErrorKind = 'invalid' | 'notFound' | 'forbidden' | 'conflict' | 'illegalState';

/** One expected failure: its kind and its sentence in both languages; `{name}` is replaced by a detail of that name. */
export interface ErrorDefinition {
  readonly kind: ErrorKind;
  readonly en: string;
  readonly zh: string;
  /** The input field it is about, where that is always the same one; otherwise whoever throws names it. */
  readonly field?: string;
  /** HTTP status when the whole request is refused; without one the answer has status 200 and an error at its path. */
  readonly status?: number;
}

/** An expected failure that a client may see. Everything else is masked. */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    /** Stable dotted code that clients branch on, such as `case.illegalMove`. */
    readonly code: string,
    message: string,
    readonly messageZh: string,
    readonly details: Readonly<Record<string, unknown>>,
    /** Path of the input field that broke the rule, such as `input.heldOn`. */
    readonly field?: string,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** Every failure that was defined in this process, by code: the source of the generated error catalogue. */
export const errorCatalogue = new Map<string, ErrorDefinition>();

/**
 * Declares the failures of one concept and gives back the function that makes them:
 * `throw caseErrors('case.illegalMove', { state }, { field: 'input.id' })`.
 */
export function defineErrors<const D extends Record<string, ErrorDefinition>>(definitions: D) {
  for (const [code, definition] of Object.entries(definitions)) errorCatalogue.set(code, definition);
  return (code: keyof D & string, details: Record<string, unknown> = {}, at: { field?: string } = {}): DomainError => {
    const definition = definitions[code] as ErrorDefinition;
    const { field = definition.field } = at;
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? (name === 'field' ? (field ?? '') : '')));
    return new DomainError(definition.kind, code, fill(definition.en), fill(definition.zh), details, field);
  };
}

/** Every failure that this process can answer with, sorted by code; for the generated error catalogue. */
export function declaredErrors(): Record<string, ErrorDefinition> {
  return Object.fromEntries([...errorCatalogue].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Failures of the platform itself, the same in every service. */
export const platformErrors = defineErrors({
  'input.invalid': { kind: 'invalid', en: '{field}: {rule}.', zh: '{field}：{rule}。' },
  'input.date': {
    kind: 'invalid',
    en: '{field} must be a date that exists, written YYYY-MM-DD.',
    zh: '{field} 必须是存在的日期，格式为 YYYY-MM-DD。',
  },
  'input.dateTime': {
    kind: 'invalid',
    en: '{field} must be a time with its offset, such as 2018-08-17T09:30:00+08:00.',
    zh: '{field} 必须是带时区的时间，例如 2018-08-17T09:30:00+08:00。',
  },
  'input.id': {
    kind: 'invalid',
    en: '{field} must be an id of the form that this graph gives out (a UUID).',
    zh: '{field} 必须是本系统给出的 UUID。',
  },
  'input.text': {
    kind: 'invalid',
    en: '{field} must be text without NUL characters and without halves of Unicode characters.',
    zh: '{field} 不能含有 NUL 字符或不完整的 Unicode 字符。',
  },
  'page.size': {
    kind: 'invalid',
    field: 'first',
    en: 'first must be between 1 and {max}.',
    zh: 'first 必须在 1 到 {max} 之间。',
  },
  'page.cursor': {
    kind: 'invalid',
    field: 'after',
    en: 'after must be a cursor that this same list gave out, in the same order.',
    zh: 'after 必须是同一列表、同一排序给出的游标。',
  },
  'aggregate.notFound': {
    kind: 'notFound',
    en: '{field}: no {type} with this id exists that you may see.',
    zh: '{field}：没有您可见的对应 {type}。',
  },
  'aggregate.versionConflict': {
    kind: 'conflict',
    field: 'input.expectedVersion',
    en: '{type} was changed by somebody else: {field} is {expected}, it is now {actual}. Read it again and repeat your change.',
    zh: '{type} 已被他人修改：{field} 为 {expected}，现为 {actual}。请重新读取后再修改。',
  },
  'idempotency.keyReused': {
    kind: 'conflict',
    field: 'input.idempotencyKey',
    en: 'input.idempotencyKey was used before with another input. Use a new key for a new request.',
    zh: 'input.idempotencyKey 已用于不同的请求，请使用新的键。',
  },
  'idempotency.key': {
    kind: 'invalid',
    field: 'input.idempotencyKey',
    en: 'input.idempotencyKey must be 8 to 100 characters of letters, digits and -_.:',
    zh: 'input.idempotencyKey 必须为 8 到 100 个字母、数字或 -_.: 字符。',
  },
  'access.signIn': { kind: 'forbidden', en: 'Sign in to read {what}.', zh: '请登录后读取 {what}。' },
  'access.denied': { kind: 'forbidden', en: 'Your roles do not allow {what}.', zh: '您的角色无权访问 {what}。' },
  'access.internalTokenMissing': {
    kind: 'forbidden',
    status: 401,
    en: 'This service answers only the gateway.',
    zh: '本服务只接受网关的请求。',
  },
});

/** The `extensions` of an expected failure as clients see them. */
export function errorExtensions(error: DomainError): Record<string, unknown> {
  return {
    code: error.code,
    kind: error.kind,
    ...(error.field && { field: error.field }),
    messages: { en: error.message, zh: error.messageZh },
    ...(Object.keys(error.details).length > 0 && { details: error.details }),
  };
}
