import { hasLeft, isOfficeCadre } from '@frontline/events';
import type { EffectiveRow } from '@frontline/platform';
import { Absence } from '../absence/absence.entity.ts';
import { overlap, put, stretchOn, valueOn, type Period, type Timeline } from '../effective/timeline.ts';
import { GrassrootsExperience } from '../grassroots/grassroots-experience.entity.ts';
import { Liaison } from '../liaison/liaison.entity.ts';
import { NO_HEIRS, succeededBy, type Heirs } from '../succession/heirs.ts';
import type { CadreRank, CadreStatus, StatusReason } from './cadre-enums.ts';
import { recordOf, statusTimeline, type CadreFacts } from './cadre-record.ts';
import { Membership, Post, RankPeriod, StatusPeriod, type Cadre } from './cadre.entity.ts';

/** The kinds of rows in a personnel file. */
export const fileRows = {
  statuses: StatusPeriod,
  ranks: RankPeriod,
  posts: Post,
  memberships: Membership,
  experience: GrassrootsExperience,
  liaisons: Liaison,
  absences: Absence,
};

/** The rows of a personnel file, by kind. */
export type FileRows = { [K in keyof typeof fileRows]: InstanceType<(typeof fileRows)[K]>[] };

/** The days of a row. */
export function periodOf({ validFrom, validTo }: { validFrom: string; validTo?: string | null }): Period {
  return { from: validFrom, until: validTo ?? undefined };
}

/**
 * 干部档案: a cadre with everything that holds of them for a time. Decisions change the rows here, in memory, and make
 * their facts from them; whoever opened the file saves what was added and removes what was dropped.
 */
export class PersonnelFile {
  readonly added: EffectiveRow[] = [];
  readonly dropped: EffectiveRow[] = [];

  constructor(
    readonly cadre: Cadre,
    readonly rows: FileRows,
    /** The district's day. */
    readonly today: string,
    /** Who goes on for organizations where posts are held. */
    readonly heirs: Heirs = NO_HEIRS,
    /** The kinds of organizations where posts are held, as far as we know them. */
    readonly kinds = new Map<string, string>(),
  ) {}

  get statuses(): Timeline<CadreStatus> {
    return statusTimeline(this.rows.statuses);
  }

  get ranks(): Timeline<CadreRank> {
    return timelineOf(this.rows.ranks, ({ rank }) => rank);
  }

  statusOn(day: string): CadreStatus | undefined {
    return valueOn(this.statuses, day);
  }

  rankOn(day: string): CadreRank | undefined {
    return valueOn(this.ranks, day);
  }

  /** The first day on which this cadre has left the district's service, if one is settled. */
  get leftOn(): string | undefined {
    return this.statuses.find(({ value }) => hasLeft(value))?.from;
  }

  /** Whether this cadre is at their post on every day of a period. */
  isActiveThroughout(period: Period): boolean {
    const stretch = stretchOn(this.statuses, period.from);
    if (stretch?.value !== 'ACTIVE') return false;
    return stretch.until === undefined || (period.until !== undefined && period.until <= stretch.until);
  }

  /** Whether this cadre is an office cadre (机关干部) on a day. */
  isOfficeCadreOn(day: string): boolean {
    const posts = this.rows.posts.map((post) => ({ organizationId: post.organizationId, ...periodOf(post) }));
    return isOfficeCadre(posts, this.kinds, day);
  }

  /** The absence that shares a day with a period, if one does. */
  absentDuring(period: Period): Absence | undefined {
    return this.rows.absences.find((absence) => overlap(periodOf(absence), period));
  }

  /** What other services copy of this cadre, as the file stands. */
  record(): CadreFacts {
    const { posts } = this.rows;
    const marked = posts.map((post) => {
      const { organizationId, temporary, validFrom, validTo = null } = post;
      const succeedsId = succeededBy(post, posts, this.heirs);
      return { organizationId, temporary, validFrom, validTo, succeedsId };
    });
    return recordOf(this.cadre, { ...this.rows, posts: marked }, this.today);
  }

  /** Adds a row; it must belong to this cadre. */
  add<K extends keyof FileRows>(
    kind: K,
    values: Omit<FileRows[K][number], 'id' | 'cadreId' | 'holdsOn'>,
  ): FileRows[K][number] {
    const row = Object.assign(new fileRows[kind](), values, { cadreId: this.cadre.id }) as FileRows[K][number];
    (this.rows[kind] as EffectiveRow[]).push(row);
    this.added.push(row);
    return row;
  }

  /** Ends rows on a day, the first without them; those that would have begun by then never hold. */
  end<K extends keyof FileRows>(
    kind: K,
    day: string,
    which: (row: FileRows[K][number]) => boolean = () => true,
  ): FileRows[K][number][] {
    const rows = this.rows[kind] as FileRows[K][number][];
    const ended = rows.filter((row) => (!row.validTo || row.validTo > day) && which(row));
    for (const row of ended) {
      if (row.validFrom >= day) this.#drop(kind, row);
      else row.validTo = day;
    }
    return ended;
  }

  /** Makes the status another one from a day on, until a day or for good. */
  putStatus(status: CadreStatus, from: string, until?: string, reason?: StatusReason): void {
    this.#follow('statuses', put(this.statuses, status, from, until), (row, value) => {
      row.status = value;
    });
    const row = this.rows.statuses.find((each) => each.validFrom === from && each.status === status);
    if (row) row.reason = reason ?? null;
  }

  /** Makes the rank another one from a day on; it ends when the cadre leaves. */
  putRank(rank: CadreRank, from: string): void {
    this.#follow('ranks', put(this.ranks, rank, from, this.leftOn), (row, value) => {
      row.rank = value;
    });
  }

  /** Brings the rows of one kind to a timeline: a row that begins on the same day is kept and changed. */
  #follow<K extends 'statuses' | 'ranks', V>(
    kind: K,
    wanted: Timeline<V>,
    set: (row: FileRows[K][number], value: V) => void,
  ): void {
    const byDay = new Map((this.rows[kind] as FileRows[K][number][]).map((row) => [row.validFrom, row]));
    for (const { value, from, until } of wanted) {
      const kept = byDay.get(from);
      byDay.delete(from);
      const row = kept ?? this.add(kind, { validFrom: from, validTo: until ?? null } as never);
      set(row, value);
      // an untouched row must stay clean, or saving it would be a change
      if ((row.validTo ?? undefined) !== until) row.validTo = until ?? null;
    }
    for (const row of byDay.values()) this.#drop(kind, row);
  }

  #drop(kind: keyof FileRows, row: EffectiveRow): void {
    const list = this.rows[kind] as EffectiveRow[];
    list.splice(list.indexOf(row), 1);
    const added = this.added.indexOf(row);
    if (added >= 0) this.added.splice(added, 1);
    else this.dropped.push(row);
  }
}

function timelineOf<R extends EffectiveRow, V>(rows: readonly R[], value: (row: R) => V): Timeline<V> {
  return [...rows]
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .map((row) => ({ value: value(row), ...periodOf(row) }));
}
