import type { Actor } from '@frontline/access';
import type { SubgraphUnderTest } from '@frontline/testing';
import { RECORD, cadre, contactedAreas, idOf, visit } from './contacted-areas.fixture.ts';

/** The mutation that the specs amend with. */
export const AMEND = `mutation ($input: AmendActivityInput!) { amendActivity(input: $input) {
  id version summary minutes heldAt amendedAt recordedAs acceptance target { id } assignment { id } cadres { id }
  demands { id text disposition area { id } } promises(filter: { states: [OPEN, KEPT, KEPT_LATE, BROKEN, WITHDRAWN] }) { nodes { id text dueOn state cadre { id } target { id } } }
  amendments { at reason by { id } changes { field demandId promiseId before after } } } }`;

type Answered = Awaited<ReturnType<SubgraphUnderTest['answer']>>[string];

/** Contacted areas where the director has recorded a visit with the liaison; it is amended. */
export interface AmendedVisit {
  areas: SubgraphUnderTest;
  activityId: string;
  recorded: Answered;
  /** The variables of an amendment, under a key of its own. */
  amend(change: object): { input: object };
  /** Amends it, and gives it as it is then; by the director when nobody is named. */
  amended(change: object, who?: Actor): Promise<Answered>;
  /** Refused with this code at this field; nothing changes. */
  refused(code: string, field: string, change: object, who?: Actor): Promise<void>;
  /** What others were told of it last. */
  toldLast(): Promise<Answered>;
}

let keys = 0;

/** A visit of the director to the first area; `change` of its record. */
export async function amendedVisit(change: object = {}): Promise<AmendedVisit> {
  const areas = await contactedAreas();
  const director = cadre('director');
  const record = visit({ summary: '楼道整洁', withCadreIds: [idOf('liaison')], ...change });
  const { recordActivity: recorded } = await areas.answer(director, RECORD, record);
  const activityId = recorded.id;
  const amend = (changed: object) => ({
    input: { idempotencyKey: `amend-key-${(keys += 1)}`, activityId, reason: '记录有误', ...changed },
  });
  const kept = () =>
    areas.rows(
      `select (select count(*) from outbox) as outbox, (select count(*) from activity_amendment) as amendments, (select count(*) from audit_entry) as audit,
        (select jsonb_agg(to_jsonb(d) order by id) from demand d) as demands, (select jsonb_agg(to_jsonb(a)) from activity a) as activities,
        (select jsonb_agg(to_jsonb(p) order by id) from promise p) as promises, (select jsonb_agg(to_jsonb(c) order by id) from activity_participant c) as cadres,
        (select jsonb_agg(to_jsonb(d) order by id) from duty d) as duties`,
    );
  return {
    areas,
    activityId,
    recorded,
    amend,
    amended: async (changed, who = director) => (await areas.answer(who, AMEND, amend(changed))).amendActivity,
    refused: async (code, field, changed, who = director) => {
      const before = await kept();
      expect(await areas.refusal(who, AMEND, amend(changed))).toMatchObject({ code, field });
      expect(await kept()).toEqual(before);
    },
    toldLast: async () => (await areas.told('activity.amended')).at(-1)?.payload,
  };
}
