import { cadreRecord, publicRepresentativeRecord, type RecordOf } from '@frontline/events';
import { sql, type Ctx } from '@frontline/platform';
import { covers, type Receiver, type Time } from './reception-rota.ts';

/** A term of somebody who receives people, as our copy of the personnel register has it. */
export type Term = RecordOf<typeof publicRepresentativeRecord>;

/** Statuses of a cadre in which they receive nobody; a delegate who has retired still does. */
const AWAY = ['ON_LEAVE', 'POSTED_AWAY'];

/** All party delegates the district knows of, past terms too. */
export class Delegates {
  readonly #terms: ReadonlyMap<string, Term>;
  readonly #persons: ReadonlyMap<string, Receiver>;
  /** Every delegate once, whatever terms they hold. */
  readonly receivers: readonly Receiver[];

  constructor(terms: readonly Term[], away: ReadonlyMap<string, readonly Time[]>) {
    this.#terms = new Map(terms.map((term) => [term.id, term]));
    const persons = Map.groupBy(terms, personOf);
    this.receivers = [...persons].map(([id, held]) => ({
      id,
      homeId: held.find(({ constituencyId }) => constituencyId)?.constituencyId,
      terms: held,
      away: away.get(id) ?? [],
    }));
    this.#persons = new Map(this.receivers.map((one) => [one.id, one]));
  }

  /** Who holds a term: a cadre may be a delegate of the district and of the city, and is still one person. */
  receiverOf(representativeId: string): Receiver | undefined {
    const term = this.#terms.get(representativeId);
    return term && this.#persons.get(personOf(term));
  }

  /** The term under which somebody receives on a day. */
  termOn(receiverId: string, day: string): Term | undefined {
    const terms = this.#persons.get(receiverId)?.terms as readonly Term[] | undefined;
    return terms?.find((term) => covers(term, day));
  }

  /** A delegate's term by its id, if it holds on a day. */
  termHeldOn(representativeId: string, day: string): Term | undefined {
    const term = this.#terms.get(representativeId);
    return term && covers(term, day) ? term : undefined;
  }
}

/** The party delegates, with the times for which those who are cadres are away. */
export async function delegatesOf(ctx: Ctx): Promise<Delegates> {
  const { rows } = await sql<{ term: Term; cadre: RecordOf<typeof cadreRecord> | null }>`
    select r.data as term, c.data as cadre from local_copy r
    left join local_copy c on c.aggregate_type = ${cadreRecord.aggregate} and c.id = (r.data ->> 'cadreId')::uuid
    where r.aggregate_type = ${publicRepresentativeRecord.aggregate} and r.data ->> 'kind' = 'PARTY_DELEGATE'
    order by r.data ->> 'from', r.id`.execute(ctx.em.getKysely());
  const away = new Map(
    rows.flatMap(({ cadre }) =>
      cadre
        ? [
            [
              cadre.id,
              [...(cadre.absences ?? []), ...(cadre.statuses ?? []).filter(({ status }) => AWAY.includes(status))],
            ],
          ]
        : [],
    ) as [string, readonly Time[]][],
  );
  return new Delegates(
    rows.map(({ term }) => term),
    away,
  );
}

const personOf = ({ id, cadreId }: Term): string => cadreId ?? id;
