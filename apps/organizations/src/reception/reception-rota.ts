/** A half-open time: `until` is the first day on which it no longer holds. Days are YYYY-MM-DD in Asia/Shanghai. */
export interface Time {
  readonly from: string;
  readonly until?: string | undefined;
}

/** Somebody who can be put on the rota: while a term holds and on days on which they are not away. */
export interface Receiver {
  readonly id: string;
  /** The subdistrict that elected them, which they are sent to before others where that is as fair. */
  readonly homeId?: string | undefined;
  readonly terms: readonly Time[];
  readonly away: readonly Time[];
}

/** One place at one reception. */
export interface Seat {
  readonly id: string;
  readonly receptionId: string;
  readonly date: string;
  /** Which seat of its reception, from 1; first seats are filled everywhere before second ones. */
  readonly nth: number;
  readonly subdistrictId: string;
  /** Who has it by now. */
  readonly heldBy?: string | undefined;
  /** Stays as it is: it is past, was swapped by agreement, or has taken place. */
  readonly isFixed?: boolean;
}

/** Who has which seat, and how even that is. */
export interface Rota {
  /** Receiver by seat; a seat that nobody can take is absent. */
  readonly bySeat: ReadonlyMap<string, string>;
  /** Seats that nobody can take: on their day everybody is away or sits elsewhere. */
  readonly vacant: readonly string[];
  /** Seats of each receiver who could come to one of these receptions at all. */
  readonly counts: ReadonlyMap<string, number>;
  readonly fewest: number;
  readonly most: number;
}

/** Whether a time covers a day. */
export const covers = ({ from, until }: Time, day: string): boolean =>
  from <= day && (until === undefined || day < until);

/** Whether somebody can receive on a day. */
export function isFree({ terms, away }: Receiver, day: string): boolean {
  return terms.some((term) => covers(term, day)) && !away.some((time) => covers(time, day));
}

/**
 * Makes a rota of seats, or mends the one there is. Nobody sits in two places on one day, nobody who is away or whose
 * term has ended is put down, and as many seats are filled as can be. What stands and can stand is left alone; vacant
 * seats go to whoever has fewest; then seats pass on, from one to the next where need be, as long as that brings one from
 * somebody to somebody else who has at least two fewer. So counts differ by at most one wherever absences and terms let
 * them, and otherwise as little as these allow: who could come on one day only can't receive as often as others.
 * It draws no lots: the same seats and receivers, in any order, give the same rota, and a rota that is made again stays.
 */
export function rotaOf(seats: readonly Seat[], receivers: readonly Receiver[]): Rota {
  const table = new Table(seats, receivers);
  table.keepWhatStands();
  table.fillVacancies();
  table.evenOut();
  return table.rota();
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A seat that one passes on to another. */
interface Pass {
  readonly seat: Seat;
  readonly from: string;
  readonly to: string;
}

class Table {
  readonly #seats: readonly Seat[];
  readonly #receivers: readonly Receiver[];
  readonly #holder = new Map<string, string>();
  readonly #held = new Map<string, Set<Seat>>();
  /** Who can come on a day, by day. */
  readonly #free = new Map<string, readonly Receiver[]>();

  constructor(seats: readonly Seat[], receivers: readonly Receiver[]) {
    this.#seats = seats.toSorted(
      (a, b) => compare(a.date, b.date) || a.nth - b.nth || compare(a.receptionId, b.receptionId),
    );
    this.#receivers = receivers.toSorted((a, b) => compare(a.id, b.id));
    for (const { id } of this.#receivers) this.#held.set(id, new Set());
    for (const { date } of this.#seats)
      if (!this.#free.has(date))
        this.#free.set(
          date,
          this.#receivers.filter((one) => isFree(one, date)),
        );
  }

  keepWhatStands(): void {
    const held = this.#seats.filter(({ heldBy }) => heldBy !== undefined);
    for (const seat of held.filter(({ isFixed }) => isFixed)) this.#take(seat, seat.heldBy as string);
    for (const seat of held.filter(({ isFixed }) => !isFixed)) {
      const holder = this.#free.get(seat.date)?.find(({ id }) => id === seat.heldBy);
      if (holder && !this.#sitsOn(holder.id, seat.date)) this.#take(seat, holder.id);
    }
  }

  fillVacancies(): void {
    for (const seat of this.#seats) {
      if (this.#holder.has(seat.id) || seat.isFixed) continue;
      const next = this.#candidates(seat).reduce<Receiver | undefined>(
        (first, one) => (first && this.#inTurn(first, one, seat) <= 0 ? first : one),
        undefined,
      );
      if (next) this.#take(seat, next.id);
    }
  }

  /** Negative when the one has the turn: fewest seats, then home, then who received longest ago. */
  #inTurn(one: Receiver, other: Receiver, seat: Seat): number {
    return (
      this.#count(one.id) - this.#count(other.id) ||
      awayFromHome(one, seat) - awayFromHome(other, seat) ||
      compare(this.#latest(one.id), this.#latest(other.id)) ||
      compare(one.id, other.id)
    );
  }

  /** A rota is as even as can be once no chain of passes leads from somebody to somebody with at least two fewer. */
  evenOut(): void {
    for (let chain = this.#chain(); chain; chain = this.#chain()) {
      for (const { seat, from } of chain) this.#held.get(from)?.delete(seat);
      for (const { seat, to } of chain) this.#take(seat, to);
    }
  }

  rota(): Rota {
    const dates = [...this.#free.keys()];
    const counts = new Map(
      this.#receivers
        .filter((one) => this.#count(one.id) > 0 || dates.some((date) => isFree(one, date)))
        .map(({ id }) => [id, this.#count(id)]),
    );
    const all = [...counts.values()];
    return {
      bySeat: new Map(this.#holder),
      vacant: this.#seats.flatMap(({ id }) => (this.#holder.has(id) ? [] : [id])),
      counts,
      fewest: all.length > 0 ? Math.min(...all) : 0,
      most: all.length > 0 ? Math.max(...all) : 0,
    };
  }

  #chain(): Pass[] | undefined {
    const fewest = Math.min(...[...this.#held.values()].map(({ size }) => size));
    const busiest = this.#receivers
      .filter(({ id }) => this.#count(id) >= fewest + 2)
      .toSorted((a, b) => this.#count(b.id) - this.#count(a.id) || compare(a.id, b.id));
    for (const { id } of busiest) {
      const chain = this.#chainFrom(id);
      if (chain) return chain;
    }
    return undefined;
  }

  /** The shortest chain by which one of somebody's seats comes to somebody with at least two fewer. */
  #chainFrom(start: string): Pass[] | undefined {
    const reachedBy = new Map<string, Pass>();
    const queue = [start];
    for (const from of queue) {
      for (const seat of [...(this.#held.get(from) ?? [])].filter(({ isFixed }) => !isFixed)) {
        for (const { id: to } of this.#candidates(seat)) {
          if (to === start || reachedBy.has(to)) continue;
          reachedBy.set(to, { seat, from, to });
          if (this.#count(to) <= this.#count(start) - 2) return pathTo(to, reachedBy);
          queue.push(to);
        }
      }
    }
    return undefined;
  }

  #candidates({ date }: Seat): readonly Receiver[] {
    return (this.#free.get(date) ?? []).filter(({ id }) => !this.#sitsOn(id, date));
  }

  #take(seat: Seat, receiverId: string): void {
    this.#holder.set(seat.id, receiverId);
    this.#held.get(receiverId)?.add(seat);
  }

  #count(receiverId: string): number {
    return this.#held.get(receiverId)?.size ?? 0;
  }

  #sitsOn(receiverId: string, date: string): boolean {
    return [...(this.#held.get(receiverId) ?? [])].some((seat) => seat.date === date);
  }

  #latest(receiverId: string): string {
    return [...(this.#held.get(receiverId) ?? [])].reduce((latest, { date }) => (date > latest ? date : latest), '');
  }
}

function pathTo(end: string, reachedBy: ReadonlyMap<string, Pass>): Pass[] {
  const path: Pass[] = [];
  for (let pass = reachedBy.get(end); pass; pass = reachedBy.get(pass.from)) path.unshift(pass);
  return path;
}

const awayFromHome = ({ homeId }: Receiver, { subdistrictId }: Seat): number => (homeId === subdistrictId ? 0 : 1);
