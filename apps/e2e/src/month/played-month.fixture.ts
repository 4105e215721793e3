import { eventually, type PlatformUnderTest, type Who } from '@frontline/testing';
import { oneOf, daysFrom, later, roll } from './dice.fixture.ts';
import { dutiesBegun, type SeenDuty } from './duties-asked.fixture.ts';
import type { PlayedDistrict } from './played-district.fixture.ts';

/** The month: October has the national holidays, and each quarter's duties begin with it. */
export const FIRST = '2018-10-01';
export const LAST = '2018-10-31';
/** The morning on which it is over: what was owed in October is decided. */
export const AFTER = '2018-11-01';

const ABSENT = { from: '2018-10-08', until: '2018-10-20' };
const DEPARTURE = '2018-10-10';
const HANDOVER = '2018-10-05';

const RECORD = 'mutation ($input: RecordActivityInput!) { recordActivity(input: $input) { id } }';
const CARE = 'mutation ($input: RecordHomeVisitInput!) { recordHomeVisit(input: $input) { id } }';
const EXCUSE = 'mutation ($input: ExcuseDutyInput!) { excuseDuty(input: $input) { state } }';
const ABSENCE = 'mutation ($input: RecordAbsenceInput!) { recordAbsence(input: $input) { id } }';
const DEPART = 'mutation ($input: LeaveServiceInput!) { recordDeparture(input: $input) { status } }';
const POST = 'mutation ($input: TransferCadreInput!) { transferCadre(input: $input) { id } }';
const OFFER = 'mutation ($input: HandOverAssignmentInput!) { handOverAssignment(input: $input) { id } }';
const ACCEPT = 'mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { nextAssignment { id } } }';
const RECEPTIONS = `query ($on: Date!) { receptionDays(first: 100, filter: { from: $on, to: $on, states: [PLANNED] }) {
  nodes { id subdistrict { id code } } } }`;
const PLAN_RECEPTIONS = 'mutation ($year: Int!) { planReceptions(input: { year: $year }) { __typename } }';
const HOLD = 'mutation ($input: HoldReceptionInput!) { holdReception(input: $input) { state } }';
const LIAISONS = 'mutation ($input: ChangeLiaisonsInput!) { changeLiaisons(input: $input) { id } }';
const SUCCESSORS = `{ coverage(scheme: "division-residential-area") { contactorGaps(first: 100, reasons: [CONTACTS_NOBODY]) {
  nodes { contactor { cadre { id } } } } } }`;

/** What is meant to become of a duty. */
interface Plan {
  duty: SeenDuty;
  what: 'KEEP' | 'EXCUSE' | 'LEAVE';
  on?: string | undefined;
}

/**
 * A month in a district, played through the gateway as its cadres would, with a seeded dice: most duties are kept, some
 * late, some excused, some left. One cadre is away with somebody standing in, one departs, one hands over. Beside it a
 * model is kept of what must have become of each duty; it knows the rules from the design, and asks the platform nothing.
 */
export class PlayedMonth {
  readonly #platform: PlatformUnderTest;
  readonly #players: PlayedDistrict['players'];
  readonly #plans = new Map<string, Plan>();
  readonly #outcomes = new Map<string, string>();
  readonly #secretaries = new Map<string, string>();
  readonly #absent = new Map<string, string>();
  readonly #left = new Set<string>();
  /** Nobody answers what was asked in September: each of these becomes a demand for a case within days. */
  #cases: number;
  #receptions = 0;

  constructor({ platform, players, questionsOpen }: PlayedDistrict) {
    this.#cases = questionsOpen;
    this.#platform = platform;
    this.#players = players;
  }

  /** Cases that the demands of the month must have opened. */
  get casesOpened(): number {
    return this.#cases;
  }

  /** Receptions that were held. */
  get receptionsHeld(): number {
    return this.#receptions;
  }

  /** Plays day by day, and leaves the clock on the morning after. */
  async play(): Promise<void> {
    await this.#begun();
    await this.#plan();
    this.#settleSome();
    await this.#platform.ask('FRONTLINE_OFFICE', PLAN_RECEPTIONS, { year: Number(FIRST.slice(0, 4)) });
    await this.#appointSecretaries();
    for (const day of daysFrom(FIRST, LAST)) {
      await this.#platform.setClock(`${day}T18:00:00+08:00`);
      if (day === HANDOVER) await this.#handOver();
      if (day === later(ABSENT.from, -2)) await this.#goAway();
      if (day === DEPARTURE) await this.#depart();
      if (day.endsWith('-15')) await this.#receive(day);
      const due = [...this.#plans.values()].filter(({ on }) => on === day);
      await inGroups(due, 8, (plan) => this.#act(plan, day));
    }
    await this.#platform.setClock(`${AFTER}T09:00:00+08:00`);
  }

  /** The state that each duty of the month must have on the morning after. */
  expected(): Map<string, string> {
    return new Map(
      [...this.#plans.values()].map(({ duty: { id, windowEnd } }) => [
        id,
        this.#outcomes.get(id) ?? (windowEnd < AFTER ? 'MISSED' : 'DUE'),
      ]),
    );
  }

  /** Waits until the duties of care have been made, which follow the assistances of another service. */
  async #begun(): Promise<void> {
    const known = await this.#platform.rows('households', 'select id from paired_assistance');
    await eventually(
      `the duties of ${known.length} assistances are made`,
      async () => (await this.#platform.rows('organizations', 'select id from assistance')).length,
      (followed) => followed === known.length,
      { withinMs: 300_000 },
    );
  }

  /** Duties that the month begins with, or that a change has brought; what a change has taken back is dropped. */
  async #plan(): Promise<void> {
    const seen = await dutiesBegun(this.#platform, FIRST, LAST);
    const ruleOf = ({ assignment, household, contactor, dutyCode }: SeenDuty) =>
      [assignment?.id, household?.id, contactor?.cadre?.id, dutyCode].join();
    const asked = Map.groupBy(seen, ruleOf);
    const ids = new Set(seen.map(({ id }) => id));
    for (const id of [...this.#plans.keys()]) if (!ids.has(id)) this.#plans.delete(id);
    for (const duty of seen) {
      const known = this.#plans.get(duty.id);
      if (known) known.duty = duty;
      else this.#plans.set(duty.id, planOf(duty, asked.get(ruleOf(duty))?.length === 1));
    }
  }

  /** Whatever the dice says, somebody is away when a visit is due, somebody late, excused, and somebody does nothing. */
  #settleSome(): void {
    const [, away, late, excused, idle] = this.#contactors().toSpliced(2, 2);
    for (const [cadreId, what, days] of [
      [away, 'KEEP', 0],
      [late, 'KEEP', 2],
      [excused, 'EXCUSE', 0],
      [idle, 'LEAVE', 0],
    ] as const)
      for (const plan of this.#plans.values())
        if (isDivision(plan.duty) && contactorOf(plan.duty) === cadreId)
          Object.assign(plan, { what, on: what === 'LEAVE' ? undefined : later(plan.duty.windowEnd, days) });
  }

  /** Each branch with a microblog is given a secretary who can write there. */
  async #appointSecretaries(): Promise<void> {
    const branches = new Set(
      [...this.#plans.values()].flatMap(({ duty }) =>
        duty.scheme === 'secretary-microblog' ? (duty.contactor?.organization?.id ?? []) : [],
      ),
    );
    const free = this.#officeCadres();
    for (const organizationId of branches) {
      const cadreId = free.pop() as string;
      this.#secretaries.set(organizationId, cadreId);
      await this.#change('ORG_DEPARTMENT', POST, `secretary ${organizationId}`, {
        cadreId,
        organizationId,
        title: '书记',
        on: FIRST,
        besideOthers: true,
      });
    }
    for (const [organizationId, cadreId] of this.#secretaries)
      await this.#copied('organizations', cadreId, `data -> 'posts' @> '[{"organizationId":"${organizationId}"}]'`);
  }

  async #goAway(): Promise<void> {
    const [cadreId, substituteId] = this.#contactors().slice(1, 3) as [string, string];
    await this.#change('ORG_DEPARTMENT', ABSENCE, 'the absence', {
      cadreId,
      kind: 'OFFICIAL_TRAVEL',
      ...ABSENT,
      substituteId,
    });
    this.#absent.set(cadreId, substituteId);
    for (const service of ['organizations', 'households'] as const)
      await this.#copied(service, cadreId, `data -> 'absences' @> '[{"substituteId":"${substituteId}"}]'`);
    await this.#plan();
  }

  async #depart(): Promise<void> {
    const cadreId = this.#contactors()[0] as string;
    await this.#change('ORG_DEPARTMENT', DEPART, 'the departure', { cadreId, on: DEPARTURE, reason: 'RESIGNATION' });
    this.#left.add(cadreId);
    await eventually(
      'the duties of the departed cadre are gone',
      () => dutiesBegun(this.#platform, later(DEPARTURE, 1), LAST),
      (ahead) => ahead.every(({ contactor }) => contactor?.cadre?.id !== cadreId),
      { withinMs: 60_000 },
    );
    await this.#plan();
    await this.#releaseLiaisons();
  }

  /** Somebody goes on without a liaison: a gap that the scheme's rules show. */
  async #releaseLiaisons(): Promise<void> {
    const contactor = this.#contactors()[4] as string;
    const held = [...this.#plans.values()].find(({ duty }) => isDivision(duty) && contactorOf(duty) === contactor);
    await this.#change('FRONTLINE_OFFICE', LIAISONS, 'without a liaison', {
      assignmentId: held?.duty.assignment?.id,
      liaisonIds: [],
    });
  }

  /** A contact goes to somebody who contacts nobody yet, and who accepts it. */
  async #handOver(): Promise<void> {
    const from = this.#contactors()[3] as string;
    const handed = [...this.#plans.values()].find(({ duty }) => isDivision(duty) && contactorOf(duty) === from);
    const { coverage } = await this.#platform.ask<{
      coverage: { contactorGaps: { nodes: { contactor: { cadre: { id: string } | null } | null }[] } };
    }>('FRONTLINE_OFFICE', SUCCESSORS);
    const successorId = coverage.contactorGaps.nodes.map(({ contactor }) => contactor?.cadre?.id).sort()[0] as string;
    const { handOverAssignment } = await this.#change<{ handOverAssignment: { id: string } }>(
      'FRONTLINE_OFFICE',
      OFFER,
      'the handover',
      { assignmentId: handed?.duty.assignment?.id, successorId, reason: '工作调整' },
    );
    await this.#change(this.#as(successorId), ACCEPT, 'its acceptance', { handoverId: handOverAssignment.id });
    await this.#plan();
  }

  /** The 15th: each subdistrict's delegates receive, if a rota puts them there. */
  async #receive(day: string): Promise<void> {
    const { receptionDays } = await this.#platform.ask<{
      receptionDays: { nodes: { id: string; subdistrict: { id: string; code: string } }[] };
    }>('FRONTLINE_OFFICE', RECEPTIONS, { on: day });
    for (const { id, subdistrict } of receptionDays.nodes) {
      await this.#change({ role: 'SUBDISTRICT', place: subdistrict.code }, HOLD, `reception ${id}`, {
        receptionId: id,
        heldAt: `${day}T09:00:00+08:00`,
        metCount: 3,
      });
      this.#receptions += 1;
      for (const { duty } of this.#plans.values())
        if (duty.scheme === 'representatives-public' && duty.place?.id === subdistrict.id)
          this.#outcomes.set(duty.id, 'FULFILLED');
    }
  }

  async #act({ duty, what }: Plan, day: string): Promise<void> {
    if (this.#outcomes.has(duty.id)) return;
    if (what === 'EXCUSE') {
      await this.#change('FRONTLINE_OFFICE', EXCUSE, `excuse ${duty.id}`, { id: duty.id, reason: '统一安排' });
      this.#outcomes.set(duty.id, 'EXCUSED');
      return;
    }
    const actor = this.#actorFor(duty, day);
    if (!actor) return;
    const heldAt = `${day}T10:00:00+08:00`;
    const key = `keep ${duty.id}`;
    if (duty.owedUnder === 'ASSISTANCE')
      await this.#change(this.#as(actor.cadreId), CARE, key, {
        householdId: duty.household?.id,
        heldAt,
        findings: '看望',
        care: true,
      });
    else
      await this.#change(this.#as(actor.cadreId), RECORD, key, {
        kind: duty.activity,
        heldAt,
        assignmentId: duty.assignment?.id,
        targetId: oneOf(areasOf(duty), nameOf(duty), 'where'),
        demands: this.#demandsOf(duty),
      });
    const inTime = day <= duty.windowEnd;
    this.#outcomes.set(duty.id, !inTime ? 'LATE' : actor.substituted ? 'SUBSTITUTED' : 'FULFILLED');
  }

  /** Who keeps a duty on a day: whoever answers for it, who stands in, or somebody of the organization; nobody when gone. */
  #actorFor(duty: SeenDuty, day: string): { cadreId: string; substituted: boolean } | undefined {
    const organizationId = duty.contactor?.organization?.id;
    if (organizationId) {
      const cadreId =
        this.#secretaries.get(organizationId) ??
        [...this.#players.values()].find(
          ({ id, posts }) => !this.#isOut(id, day) && posts.some(at(organizationId, day)),
        )?.id;
      return cadreId === undefined ? undefined : { cadreId, substituted: false };
    }
    const cadreId = contactorOf(duty);
    if (!cadreId || !this.#players.has(cadreId) || (this.#left.has(cadreId) && day >= DEPARTURE)) return undefined;
    const substitute = this.#isOut(cadreId, day) ? this.#absent.get(cadreId) : undefined;
    return substitute ? { cadreId: substitute, substituted: true } : { cadreId, substituted: false };
  }

  #isOut(cadreId: string, day: string): boolean {
    const away = this.#absent.has(cadreId) && ABSENT.from <= day && day < ABSENT.until;
    return away || (this.#left.has(cadreId) && day >= DEPARTURE);
  }

  /** Every third visit hears something; a third of that is a case. */
  #demandsOf(duty: SeenDuty): object[] {
    const heard = roll(nameOf(duty), 'heard');
    if (heard > 1 / 3) return [];
    const demand = { text: '演示诉求', categoryCode: 'roads.lighting' };
    if (heard > 2 / 9) return [{ ...demand, disposition: 'OPINION' }];
    if (heard > 1 / 9) return [{ ...demand, disposition: 'SETTLED_ON_SPOT', outcome: '当场处理' }];
    this.#cases += 1;
    return [{ ...demand, disposition: 'CASE', caseKind: 'HELP_REQUEST' }];
  }

  /** Who answers for contacts of residential areas, in an order that is the same in every run. */
  #contactors(): string[] {
    const found = [...this.#plans.values()].flatMap(({ duty }) => (isDivision(duty) ? (contactorOf(duty) ?? []) : []));
    return [...new Set(found)].filter((id) => !this.#left.has(id)).sort();
  }

  /** Cadres without a contact of their own. */
  #officeCadres(): string[] {
    const busy = new Set([...this.#plans.values()].map(({ duty }) => contactorOf(duty)));
    return [...this.#players.keys()].filter((id) => !busy.has(id)).sort();
  }

  #as(cadreId: string): Who {
    return { role: 'CADRE', place: this.#players.get(cadreId)?.staffNumber as string };
  }

  #change<D>(who: Who, mutation: string, key: string, values: object): Promise<D> {
    return this.#platform.ask<D>(who, mutation, {
      input: { idempotencyKey: `month-${key.replaceAll(' ', '-')}`, ...values },
    });
  }

  /** Waits until a service's copy of a cadre says so: whoever acts on it a second later does so in life, too. */
  async #copied(service: 'organizations' | 'households', cadreId: string, says: string): Promise<void> {
    await eventually(
      `${service} has heard of ${cadreId}`,
      () => this.#platform.rows(service, `select 1 from local_copy where id = $1 and ${says}`, [cadreId]),
      (rows) => rows.length === 1,
      { withinMs: 60_000 },
    );
  }
}

/** The areas of the patch that is contacted; none where it is an organization. */
const areasOf = ({ assignment }: SeenDuty): string[] => (assignment?.patch?.areas ?? []).map(({ id }) => id).sort();
const isDivision = ({ scheme }: SeenDuty): boolean => scheme === 'division-residential-area';
const contactorOf = ({ contactor }: SeenDuty): string | undefined => contactor?.cadre?.id;
const at =
  (organizationId: string, day: string) =>
  (post: { organizationId: string; from: string; until?: string }): boolean =>
    post.organizationId === organizationId && post.from <= day && (!post.until || day < post.until);

/** What the dice knows a duty by: the id of an assignment that was handed over is another one in each run. */
const nameOf = ({ scheme, dutyCode, place, household, contactor, windowStart }: SeenDuty): string =>
  [
    scheme,
    dutyCode,
    household?.id ?? place?.id,
    contactor?.cadre?.id ?? contactor?.organization?.id,
    windowStart,
  ].join();

/** What the dice has in mind for a duty; `alone` says that its rule asks no second time in the month, so that it can be late. */
function planOf(duty: SeenDuty, alone: boolean): Plan {
  const { windowStart, windowEnd, scheme } = duty;
  const name = nameOf(duty);
  const window = daysFrom(windowStart, windowEnd < LAST ? windowEnd : LAST);
  const dice = roll(name, 'what');
  // receptions are held by who is on the rota, not by the venue that owes them
  if (scheme === 'representatives-public') return { duty, what: 'LEAVE' };
  const afterwards = alone && windowEnd < later(LAST, -4) ? daysFrom(later(windowEnd, 1), later(windowEnd, 4)) : [];
  if (dice < 0.1) return { duty, what: 'LEAVE' };
  if (dice < 0.18) return { duty, what: 'EXCUSE', on: oneOf(window, name, 'excused') };
  if (dice < 0.28 && afterwards.length > 0) return { duty, what: 'KEEP', on: oneOf(afterwards, name, 'late') };
  return { duty, what: 'KEEP', on: oneOf(window, name, 'kept') };
}

/** Does work for each, some at a time, in order. */
async function inGroups<T>(all: readonly T[], size: number, work: (each: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += size) await Promise.all(all.slice(from, from + size).map(work));
}
