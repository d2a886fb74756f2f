/** A record of CSV that contains quotes. */
interface ScannedRecord {
  readonly cells: readonly string[];
  /** As written; if `problem` is set, the cells before the problem. */
  readonly rawCells: readonly string[];
  readonly problem: string | null;
  /** The index of the first cell whose quotes follow a blank and are part of its value; or null. */
  readonly quoteAfterBlank: number | null;
  /** The number of its lines, counting quoted line breaks. */
  readonly lines: number;
  /** Where the next record begins. */
  readonly end: number;
}

interface ScanOptions {
  readonly delimiter: string;
  /** True if no more text follows. */
  readonly isEnd: boolean;
  /** True to ignore blanks before and after a quoted cell. */
  readonly skipsBlanks: boolean;
  /** The last character of a line; LF if missing, which may follow CR. */
  readonly lineBreak?: '\n' | '\r';
}

interface Cell {
  readonly value: string;
  /** The offset after the cell: of its delimiter, of a line break, or of the end of the text. */
  readonly end: number;
}

/**
 * Reads the record that begins at `start`. Returns null if more text is needed to find its end. A
 * quote within a cell that does not begin with one is an ordinary character.
 */
export function scanRecord(
  text: string,
  start: number,
  options: ScanOptions,
): ScannedRecord | null {
  const { delimiter, isEnd, lineBreak = '\n' } = options;
  const cells: string[] = [];
  const rawCells: string[] = [];
  let quoteAfterBlank: number | null = null;
  for (let at = start; ; ) {
    const quote = openingQuote(text, at, options);
    const cell = quote === null ? plainCell(text, at, options) : quotedCell(text, quote, options);
    if (cell === null) return null;
    if (quote === null && /^\s+"/.test(cell.value)) quoteAfterBlank ??= cells.length;
    cells.push(cell.value);
    if (text[cell.end] === delimiter) {
      rawCells.push(text.slice(at, cell.end));
      at = cell.end + 1;
      continue;
    }
    const end = lineEnd(text, cell.end, lineBreak);
    if (end === null) {
      const broken = brokenRecord(text, start, cell.end, { isEnd, lineBreak });
      return broken === null ? null : { ...broken, rawCells, quoteAfterBlank };
    }
    rawCells.push(text.slice(at, cell.end));
    return {
      cells,
      rawCells,
      problem: null,
      quoteAfterBlank,
      lines: linesIn(text, start, end, lineBreak),
      end,
    };
  }
}

/** Returns the offset of the opening quote; null if the cell is not quoted. */
function openingQuote(text: string, start: number, options: ScanOptions): number | null {
  const at = options.skipsBlanks ? afterBlanks(text, start, options) : start;
  return text[at] === '"' ? at : null;
}

/** Returns the offset after the blanks that begin here, within the cell and the line. */
function afterBlanks(text: string, start: number, { delimiter }: ScanOptions): number {
  let at = start;
  while (at < text.length && text[at] !== delimiter && /[^\S\r\n]/.test(text[at])) at += 1;
  return at;
}

function quotedCell(text: string, start: number, options: ScanOptions): Cell | null {
  const { isEnd, skipsBlanks, lineBreak = '\n' } = options;
  let value = '';
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const end = skipsBlanks ? afterBlanks(text, quote + 1, options) : quote + 1;
      // The next character may make it a doubled quote, or a line break of two characters.
      const isClear = isEnd || end + 1 < text.length || text[end] === lineBreak;
      return isClear ? { value, end } : null;
    }
    value += '"';
    from = quote + 2;
  }
}

function plainCell(text: string, start: number, options: ScanOptions): Cell | null {
  const { delimiter, isEnd, lineBreak = '\n' } = options;
  const newline = text.indexOf(lineBreak, start);
  if (newline < 0 && !isEnd) return null;
  const lineEndAt = newline < 0 ? text.length : newline;
  const found = text.indexOf(delimiter, start);
  if (found >= 0 && found < lineEndAt) return { value: text.slice(start, found), end: found };
  const endsInCr = lineBreak === '\n' && lineEndAt > start && text[lineEndAt - 1] === '\r';
  const end = endsInCr ? lineEndAt - 1 : lineEndAt;
  return { value: text.slice(start, end), end };
}

/** Returns the offset after the line break, or end of the file, at `at`; null if there is none. */
function lineEnd(text: string, at: number, lineBreak: string): number | null {
  if (at >= text.length || text[at] === lineBreak) return at + 1;
  const isBreak = text[at] === '\r' && (at + 1 === text.length || text[at + 1] === '\n');
  return isBreak ? at + 2 : null;
}

/** Ends the record with the line in which it broke: the next ones may be right. */
function brokenRecord(
  text: string,
  start: number,
  at: number,
  { isEnd, lineBreak }: { readonly isEnd: boolean; readonly lineBreak: string },
) {
  const newline = text.indexOf(lineBreak, at);
  if (newline < 0 && !isEnd) return null;
  const end = newline < 0 ? text.length : newline;
  const content = text.slice(start, end);
  return {
    cells: [content.endsWith('\r') ? content.slice(0, -1) : content],
    problem: `${JSON.stringify(text[at])} follows a closing quote; ${rightAfterQuote(text[at])}`,
    lines: linesIn(text, start, end, lineBreak) + 1,
    end: end + 1,
  };
}

function rightAfterQuote(character: string): string {
  return /\s/.test(character)
    ? 'remove the blank, or double the quote if it is part of the cell'
    : 'a quote within a cell must be doubled';
}

function linesIn(text: string, start: number, end: number, lineBreak: string): number {
  let count = 0;
  let at = text.indexOf(lineBreak, start);
  while (at >= 0 && at < end) {
    count += 1;
    at = text.indexOf(lineBreak, at + 1);
  }
  return count;
}
