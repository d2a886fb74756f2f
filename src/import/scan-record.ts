/** A record of CSV in which quotes stand. */
export interface ScannedRecord {
  readonly cells: readonly string[];
  readonly fault: string | null;
  /** Lines that it takes, quoted line breaks included. */
  readonly lines: number;
  /** Where the next record begins. */
  readonly end: number;
}

interface Cell {
  readonly value: string;
  /** Right behind the cell: at its delimiter, at a line break, or at the end of the text. */
  readonly end: number;
}

/**
 * Reads one record that begins at `start`. Null if the text ends before it is clear where the
 * record does. A quote within a cell that does not begin with one is a character as any other.
 */
export function scanRecord(
  text: string,
  start: number,
  delimiter: string,
  isEnd: boolean,
): ScannedRecord | null {
  const cells: string[] = [];
  for (let at = start; ; ) {
    const isQuoted = text[at] === '"';
    const cell = isQuoted ? quotedCell(text, at, isEnd) : plainCell(text, at, delimiter, isEnd);
    if (cell === null) return null;
    cells.push(cell.value);
    if (text[cell.end] === delimiter) {
      at = cell.end + 1;
      continue;
    }
    const end = lineEnd(text, cell.end);
    if (end === null) return brokenRecord(text, start, cell.end, isEnd);
    return { cells, fault: null, lines: linesIn(text, start, end), end };
  }
}

function quotedCell(text: string, start: number, isEnd: boolean): Cell | null {
  let value = '';
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      // What follows may still make it a doubled quote, or a line break of two characters.
      const isClear = isEnd || quote + 2 < text.length || text[quote + 1] === '\n';
      return isClear ? { value, end: quote + 1 } : null;
    }
    value += '"';
    from = quote + 2;
  }
}

function plainCell(text: string, start: number, delimiter: string, isEnd: boolean): Cell | null {
  const newline = text.indexOf('\n', start);
  if (newline < 0 && !isEnd) return null;
  const lineEndAt = newline < 0 ? text.length : newline;
  const found = text.indexOf(delimiter, start);
  if (found >= 0 && found < lineEndAt) return { value: text.slice(start, found), end: found };
  const end = lineEndAt > start && text[lineEndAt - 1] === '\r' ? lineEndAt - 1 : lineEndAt;
  return { value: text.slice(start, end), end };
}

/** Behind the line break, or the end of the file, at this place; null if there is neither. */
function lineEnd(text: string, at: number): number | null {
  if (at >= text.length || text[at] === '\n') return at + 1;
  const isBreak = text[at] === '\r' && (at + 1 === text.length || text[at + 1] === '\n');
  return isBreak ? at + 2 : null;
}

/** The record ends with the line in which it broke: the next ones may be right. */
function brokenRecord(
  text: string,
  start: number,
  at: number,
  isEnd: boolean,
): ScannedRecord | null {
  const newline = text.indexOf('\n', at);
  if (newline < 0 && !isEnd) return null;
  const end = newline < 0 ? text.length : newline;
  const content = text.slice(start, end);
  return {
    cells: [content.endsWith('\r') ? content.slice(0, -1) : content],
    fault: `behind the closing quote stands ${JSON.stringify(text[at])}; a quote within a cell must be doubled`,
    lines: linesIn(text, start, end) + 1,
    end: end + 1,
  };
}

function linesIn(text: string, start: number, end: number): number {
  let count = 0;
  let at = text.indexOf('\n', start);
  while (at >= 0 && at < end) {
    count += 1;
    at = text.indexOf('\n', at + 1);
  }
  return count;
}
