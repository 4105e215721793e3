import { v5 } from 'uuid';
import { z } from 'zod';
import { addDays } from '@frontline/calendar';
import { dayOf, importBatch, importer, type Ctx, type Importer } from '@frontline/platform';
import { id, instant, values } from '@frontline/platform/import-fields';
import { ActivityKind, CaseKind, Disposition } from './activity-enums.ts';
import { Question } from '../question/question.entity.ts';
import { policyOn } from './activity-policy.ts';
import { Activity, ActivityParticipant, Demand } from './activity.entity.ts';

const demandLine = z.strictObject({
  id,
  text: z.string(),
  disposition: values(Disposition),
  categoryCode: z.string(),
  caseKind: values(CaseKind).optional(),
  areaId: id,
  householdId: id.optional(),
  outcome: z.string().optional(),
});

const questionLine = z.strictObject({
  id,
  text: z.string(),
  askedAt: instant,
  categoryCode: z.string(),
  caseKind: values(CaseKind),
  areaId: id,
  answer: z.strictObject({ text: z.string(), answeredAt: instant, answeredById: id.optional() }).optional(),
  /** The demand of the activity that it became, unanswered. */
  demandId: id.optional(),
});

const activityLine = z.strictObject({
  id,
  kind: values(ActivityKind),
  heldAt: instant,
  minutes: z.int().optional(),
  place: z.string().optional(),
  targetId: id,
  assignmentId: id.optional(),
  contactorIds: z.array(id),
  metCount: z.int().optional(),
  summary: z.string(),
  fulfils: z.array(id).default([]),
  demands: z.array(demandLine).default([]),
  questions: z.array(questionLine).default([]),
  closedAt: instant.optional(),
});

/** Past activities emit nothing: their cases are imported as well, and claim their demands. */
async function importActivities(ctx: Ctx, lines: z.output<typeof activityLine>[]): Promise<void> {
  await importBatch(
    ctx,
    Activity,
    lines.map(({ id: activityId, kind, heldAt, minutes, targetId, assignmentId, metCount, summary, closedAt }) => ({
      id: activityId,
      kind,
      heldAt,
      minutes: minutes ?? null,
      targetId,
      assignmentId: assignmentId ?? null,
      metCount: metCount ?? null,
      summary,
      closedAt: closedAt ?? null,
    })),
  );
  await importBatch(
    ctx,
    ActivityParticipant,
    lines.flatMap(({ id: activityId, contactorIds }) =>
      contactorIds.map((cadreId) => ({ id: v5(cadreId, activityId), activityId, cadreId })),
    ),
    { ownedBy: { property: 'activityId', ids: lines.map((line) => line.id) } },
  );
  await importBatch(
    ctx,
    Demand,
    lines.flatMap(({ id: activityId, demands }) =>
      demands.map(({ caseKind, householdId, outcome, ...demand }) => ({
        ...demand,
        activityId,
        caseKind: caseKind ?? null,
        householdId: householdId ?? null,
        outcome: outcome ?? null,
      })),
    ),
  );
  await importBatch(
    ctx,
    Question,
    lines.flatMap(({ id: activityId, heldAt, questions }) =>
      questions.map(({ answer, demandId, ...question }) => {
        const asked = dayOf(question.askedAt > heldAt ? question.askedAt : heldAt);
        return {
          ...question,
          activityId,
          dueOn: addDays(asked, policyOn(asked).answerWithinDays),
          answer: answer?.text ?? null,
          answeredAt: answer?.answeredAt ?? null,
          answeredById: answer?.answeredById ?? null,
          demandId: demandId ?? null,
        };
      }),
    ),
  );
}

/** How a past activity is brought in, with its demands and questions. */
export const activityImporter: Importer = importer(activityLine, importActivities);
