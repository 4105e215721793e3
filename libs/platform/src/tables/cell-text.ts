/** Characters a cell is read with at most: as many as Excel keeps. */
export const MAX_CELL = 32_767;

/**
 * Cells that a spreadsheet would take for a formula, those behind apostrophes included, so that guarding can be undone
 * whatever a cell holds. Full-width signs count: spreadsheets of some languages read them alike.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/u;

const number = /^[+-]?\d+(\.\d+)?$/;

/** A text as a cell that no spreadsheet evaluates: an apostrophe stands before what looks like a formula. */
export function guarded(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}

/** What was put into {@link guarded}; other texts stay as they are. */
export function unguarded(text: string): string {
  if (!text.startsWith("'")) return text;
  const inner = text.slice(1);
  return formula.test(inner) ? inner : text;
}
