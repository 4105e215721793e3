import { byId, connect, sql, type Ctx } from '@frontline/platform';

/** An entity of this graph that people call by a code. */
type Coded<T extends object> = Parameters<typeof byId<T>>[1];

/** One object by id or by code; with both given, both must fit. */
export async function oneByIdOrCode<T extends object>(
  ctx: Ctx,
  entity: Coded<T>,
  id: string | null | undefined,
  code: string | null | undefined,
): Promise<T | undefined> {
  if (!code) return byId(ctx, entity, id);
  const where = [sql`t.code = ${code}`, id ? sql`t.id::text = lower(${id})` : undefined];
  const found = await connect(ctx, entity, { first: 1 }, { where });
  return found.nodes[0];
}
