/** What a GraphQL answer holds. */
export interface Answer<T> {
  data?: T | null;
  errors?: { message: string }[];
}

/** Where the explorer was loaded from; everything it needs is beside it. */
const beside = (path: string) => new URL(path, document.baseURI);

async function post<T>(path: string, body: object, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(beside(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/** Sends an operation to the gateway that serves this page. */
export function ask<T>(operation: object, headers: Record<string, string> = {}): Promise<Answer<T>> {
  return post('graphql', operation, headers);
}

/** Whether this gateway gives out demo tokens. */
export async function hasRolePicker(): Promise<boolean> {
  const response = await fetch(beside('explorer.json'));
  return ((await response.json()) as { rolePicker: boolean }).rolePicker;
}

/** A role that somebody can hold, with its name in both languages as the graph gives it ("zh · en"). */
export interface RoleChoice {
  role: string;
  title: string;
}

/** Every role of this graph. */
export async function roleChoices(): Promise<RoleChoice[]> {
  const { data } = await ask<{ __type?: { enumValues: { name: string; description?: string }[] } }>({
    query: '{ __type(name: "Role") { enumValues { name description } } }',
  });
  return (data?.__type?.enumValues ?? []).map(({ name, description }) => ({ role: name, title: description ?? name }));
}

/** What the graph says of the data it shows. */
export interface DataFacts {
  demo: boolean;
  today: string;
}

/** Whether the data is made up, and the day that the platform takes for today. */
export async function dataFacts(): Promise<DataFacts | undefined> {
  const { data } = await ask<{ platform?: DataFacts }>({ query: '{ platform { demo today } }' });
  return data?.platform;
}

/** A demo account's token, or why there is none. */
export async function demoToken(role: string, place?: string): Promise<{ token: string } | { problem: string }> {
  const answer = await post<{ token?: string; errors?: { message: string }[] }>('development/token', {
    role,
    ...(place && { place }),
  });
  if (answer.token) return { token: answer.token };
  return { problem: answer.errors?.[0]?.message ?? 'no token' };
}
