import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const parts = dayPattern.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Whether a text is an instant that exists, with its offset (RFC 3339). */
export function isInstant(text: string): boolean {
  return instantPattern.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

/** The field is named where the error is formatted: a scalar does not know where its value stands. */
function refusal(code: 'input.date' | 'input.dateTime', type: string, node?: ValueNode): GraphQLError {
  return new GraphQLError(`is not a ${type}`, { extensions: { rule: code }, ...(node && { nodes: node }) });
}

/** `Date`: a calendar day in the district's time zone (Asia/Shanghai). */
export const LocalDate = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: '日期 · A calendar day in the district’s time zone (Asia/Shanghai), written YYYY-MM-DD.',
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
  parseValue: (value) => {
    if (typeof value === 'string' && isDay(value)) return value;
    throw refusal('input.date', 'Date');
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING && isDay(node.value)) return node.value;
    throw refusal('input.date', 'Date', node);
  },
});

/** `DateTime`: an instant; written in UTC, read with any offset. */
export const Instant = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: '时间 · An instant, RFC 3339 with an offset; answers are in UTC.',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parseValue: (value) => {
    if (typeof value === 'string' && isInstant(value)) return new Date(value);
    throw refusal('input.dateTime', 'DateTime');
  },
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING && isInstant(node.value)) return new Date(node.value);
    throw refusal('input.dateTime', 'DateTime', node);
  },
});

/** `JSON`: any JSON value, for geometry and snapshot records whose shape is documented beside the field. */
export const JsonValue = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'JSON · Any JSON value; the field that uses it says of what shape.',
});
