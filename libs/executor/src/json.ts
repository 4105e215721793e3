/** An object as `JSON.parse` makes it. */
export type JsonObject = Record<string, unknown>;

/** Whether a value of parsed JSON is an object, and neither null nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
