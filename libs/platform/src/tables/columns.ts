import { declaredEnum } from '../domain-enum.ts';
import { isDay } from '../scalars.ts';
import { tableErrors } from './table.errors.ts';

/** Languages of headers and of the names of values. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A column of a table: its names, what it is for, and how a cell becomes a value and back. */
export interface TableColumn {
  /** Name in code, accepted as a header too. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** What stands in it: `中文 · English.` */
  readonly about: string;
  /** Must be there and never blank. */
  readonly required: boolean;
  /** Whether it holds codes or texts: one that a workbook keeps as a number may have lost zeros, or digits, before it came. */
  readonly isText: boolean;
  /** The value of a cell that is not blank. Throws an error of `cell.*`. */
  read(text: string): unknown;
  /** A value as a cell; `null` is blank. */
  write(value: unknown, language: Language): string;
}

/** What a column is called and for. */
export interface Naming {
  code: string;
  zh: string;
  en: string;
  about: string;
  required?: boolean;
}

const named = ({ required = false, ...naming }: Naming) => ({ ...naming, required, isText: false });
const blankOr = (write: (value: never) => string) => (value: unknown) =>
  value === null || value === undefined ? '' : write(value as never);

/** A text of at most `max` characters; `check` says what else is wrong with it, such as `has 9 digits`. */
export function textColumn(naming: Naming, max: number, check?: (text: string) => string | undefined): TableColumn {
  return {
    ...named(naming),
    isText: true,
    read(text) {
      if ([...text].length > max) throw tableErrors('cell.text', { max }, { field: naming.code });
      const rule = check?.(text);
      if (rule) throw tableErrors('cell.form', { rule }, { field: naming.code });
      return text;
    },
    write: blankOr((text: string) => text),
  };
}

/** A calendar day; 2018/8/17 and 2018年8月17日 are read too. */
export function dayColumn(naming: Naming): TableColumn {
  return {
    ...named(naming),
    read(text) {
      const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
      const [year, month, day] = (parts ?? []).slice(1);
      const written = parts ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : '';
      if (!isDay(written)) throw tableErrors('cell.day', {}, { field: naming.code });
      return written;
    },
    write: blankOr((day: string) => day),
  };
}

/** A number between bounds. */
export function numberColumn(
  naming: Naming,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): TableColumn {
  return {
    ...named(naming),
    read(text) {
      const value = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
        const rule = `${whole ? 'a whole number ' : ''}${min}–${max}`;
        throw tableErrors('cell.number', { rule }, { field: naming.code });
      }
      return value;
    },
    write: blankOr((value: number) => String(value)),
  };
}

const truths: ReadonlyMap<string, boolean> = new Map(
  [
    [true, ['是', 'yes', 'true', '1']],
    [false, ['否', 'no', 'false', '0']],
  ].flatMap(([value, words]) => (words as string[]).map((word) => [word, value as boolean] as const)),
);

/** 是 or 否. */
export function truthColumn(naming: Naming): TableColumn {
  return {
    ...named(naming),
    read(text) {
      const value = truths.get(text.toLowerCase());
      if (value === undefined) throw tableErrors('cell.choice', { allowed: '是, 否' }, { field: naming.code });
      return value;
    },
    write: (value, language) => {
      if (typeof value !== 'boolean') return '';
      if (language === 'zh') return value ? '是' : '否';
      return value ? 'yes' : 'no';
    },
  };
}

/** A value of a domain enum: by its Chinese or English name, or by the name it has in the graph. */
export function enumColumn(naming: Naming, domainEnum: object): TableColumn {
  const { values } = declaredEnum(domainEnum);
  const byName = new Map(
    Object.entries(values).flatMap(([value, { zh, en }]) => [value, zh, en].map((name) => [folded(name), value])),
  );
  return {
    ...named(naming),
    read(text) {
      const value = byName.get(folded(text));
      if (value !== undefined) return value;
      const allowed = Object.values(values).map(({ zh }) => zh);
      throw tableErrors('cell.choice', { allowed: allowed.join(', ') }, { field: naming.code });
    },
    write: (value, language) =>
      value === null || value === undefined ? '' : (values[value as string] as { zh: string; en: string })[language],
  };
}

/**
 * Several of another column's values in one cell, divided by semicolons (those that belong to a value stand behind a
 * backslash); blank means none.
 */
export function listColumn(item: TableColumn, max: number): TableColumn {
  return {
    ...item,
    read(text) {
      const parts = text.match(/(?:\\.|[^;；\\])+/gsu) ?? [];
      const values = parts
        .map((part) => part.trim().replace(/\\(.)/gsu, '$1'))
        .filter((part) => part !== '')
        .map((part) => item.read(part));
      if (values.length > max || new Set(values.map((each) => JSON.stringify(each))).size < values.length)
        throw tableErrors('cell.list', { max }, { field: item.code });
      return values;
    },
    write: (values, language) =>
      ((values ?? []) as unknown[]).map((each) => item.write(each, language).replace(/[;；\\]/gu, '\\$&')).join('; '),
  };
}

/** Names compared regardless of width, case, and of stars, spaces and brackets around. */
export function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_\-“”"'()]/g, '');
}
