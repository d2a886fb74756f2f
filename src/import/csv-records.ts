import { refusalColumns } from './columns';
import { ImportError } from './import-error';
import {
  checkLength,
  type RawRecord,
  type RecordReader,
  recordLengthMax,
  refusedRecordLengthMax,
} from './raw-record';
import { scanRecord } from './scan-record';

/** The most characters in which a quote must be closed: a longer cell is reported by its length. */
export const quotedLengthMax = 16 * recordLengthMax;

/**
 * Splits CSV as in RFC 4180 into records. Lines end in LF or CRLF, or in CR if the start of the
 * file contains no LF. The delimiter is named by a first line such as `sep=;`, or else is the
 * comma, semicolon or tab, whichever occurs in the first line. Rows without any content are
 * skipped. A line without quotes costs one split.
 */
export class CsvRecords implements RecordReader {
  private rest = '';
  private line = 1;
  private lengthMax = recordLengthMax;
  private found: string | null = null;
  private isStarted = false;
  /** The last character of a line. */
  lineBreak: '\n' | '\r' = '\n';

  /** @param skipsBlanks true to ignore blanks around a quoted cell. */
  constructor(private readonly skipsBlanks = false) {}

  /** The delimiter of the cells; a comma until the first line is read. */
  get delimiter(): string {
    return this.found ?? ',';
  }

  /** @throws ImportError if a record is too long, or a quote is not closed. */
  push(text: string): RawRecord[] {
    this.rest += text;
    return this.split(false);
  }

  end(): RawRecord[] {
    return this.split(true);
  }

  private split(isEnd: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    const text = this.rest;
    if (this.line === 1) this.detectLineBreak(text, isEnd);
    const { lineBreak } = this;
    let start = 0;
    while (start < text.length) {
      const found = text.indexOf(lineBreak, start);
      if (found < 0 && !isEnd) break;
      const lineEnd = found < 0 ? text.length : found;
      const content = text.slice(start, lineEnd);
      if (!this.isStarted && this.startWith(content)) {
        this.line += 1;
        start = lineEnd + 1;
        continue;
      }
      let end: number | null = lineEnd + 1;
      if (content.includes('"')) end = this.takeQuoted(text, start, isEnd, records);
      else this.takePlain(content, text.slice(start, lineEnd + 1), records);
      if (end === null) break;
      start = end;
    }
    this.rest = text.slice(start);
    this.checkRest();
    return records;
  }

  /** Lines end in CR if the longest possible record, or the whole file, contains CR and no LF. */
  private detectLineBreak(text: string, isEnd: boolean): void {
    const isClear = isEnd || text.length > recordLengthMax;
    if (isClear && text.includes('\r') && !text.includes('\n')) this.lineBreak = '\r';
  }

  /**
   * Detects the delimiter in the first line that is not empty: no column's name contains one.
   * Returns true for a line that only names the delimiter.
   */
  private startWith(content: string): boolean {
    if (content.trim() === '') return false;
    const named = /^sep=([,;\t|])\r?$/i.exec(content);
    if (named !== null && this.found === null) {
      this.found = named[1];
      return true;
    }
    this.isStarted = true;
    this.found ??= [',', ';', '\t'].find((mark) => content.includes(mark)) ?? ',';
    if (content.startsWith(refusalColumns[0])) this.lengthMax = refusedRecordLengthMax;
    return false;
  }

  private takePlain(content: string, text: string, records: RawRecord[]): void {
    const line = content.endsWith('\r') ? content.slice(0, -1) : content;
    if (!this.isBlank(line)) {
      const cells = line.split(this.delimiter);
      checkLength({ line: this.line, length: line.length, cells }, this.lengthMax);
      const { line: at } = this;
      records.push({
        line: at,
        text,
        cells,
        rawCells: cells,
        problem: null,
        quoteAfterBlank: null,
      });
    }
    this.line += 1;
  }

  /** True for a line without content: spreadsheets write such rows as delimiters alone. */
  private isBlank(line: string): boolean {
    if (line === '') return true;
    const mayBeBlank = line[0] === this.delimiter || line[0].trim() === '';
    return mayBeBlank && line.replaceAll(this.delimiter, '').trim() === '';
  }

  /** Returns null if the record continues in the next chunk. */
  private takeQuoted(
    text: string,
    start: number,
    isEnd: boolean,
    records: RawRecord[],
  ): number | null {
    const { delimiter, skipsBlanks, lineBreak } = this;
    const scanned = scanRecord(text, start, { delimiter, isEnd, skipsBlanks, lineBreak });
    if (scanned === null) {
      if (!isEnd) return null;
      throw new ImportError(
        'the record that begins here opens a quote that is never closed.',
        this.line,
      );
    }
    const { lines, end, ...found } = scanned;
    checkLength({ line: this.line, length: end - start, cells: found.cells }, this.lengthMax);
    const isBlank = found.problem === null && found.cells.every((cell) => cell.trim() === '');
    if (!isBlank) records.push({ line: this.line, text: text.slice(start, end), ...found });
    this.line += lines;
    return end;
  }

  /** Bounds the memory of an unfinished record. */
  private checkRest(): void {
    const { rest, line, lengthMax } = this;
    if (!rest.includes('"')) checkLength({ line, length: rest.length, cells: [] }, lengthMax);
    if (rest.length <= quotedLengthMax) return;
    throw new ImportError(
      `the record that begins here opens a quote that is not closed within ${quotedLengthMax} ` +
        'characters. Close each quote that is opened, and double a quote within a cell.',
      line,
    );
  }
}
