import { cadreRecord } from '@frontline/events';
import { recordsNaming, sql, type Sql } from '@frontline/platform';

/** Ids of cadres who are away on a day (YYYY-MM-DD, Asia/Shanghai) and for whom this one stands in, by our copies of personnel's records. */
export const standsInFor = (cadreId: string, day: string): Sql =>
  recordsNaming(cadreRecord, { list: 'absences', property: 'substituteId', value: cadreId, day });

/** Ids of the organizations where a cadre has a post on a day; none for nobody. */
export const postsOf = (cadreId: string | null, day: string): Sql =>
  sql`select (post ->> 'organizationId')::uuid
    from local_copy c cross join lateral jsonb_array_elements(c.data -> 'posts') post
    where c.aggregate_type = ${cadreRecord.aggregate} and c.id = ${cadreId}
      and post ->> 'from' <= ${day} and coalesce(post ->> 'until', '9') > ${day}`;
