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

const advice = 'Close each quote that is opened, and double a quote within a cell.';

/**
 * Splits CSV as in RFC 4180 into records. Lines end in LF or CRLF. The delimiter is the comma,
 * semicolon or tab, whichever occurs in the first line. Empty lines are skipped. A line without
 * quotes costs one split.
 */
export class CsvRecords implements RecordReader {
  private rest = '';
  private line = 1;
  private lengthMax = recordLengthMax;
  private found: string | null = null;

  /** @param skipsBlanks true to ignore blanks around a quoted cell. */
  constructor(private readonly skipsBlanks = false) {}

  /** The delimiter of the cells; a comma until the first line is read. */
  get delimiter(): string {
    return this.found ?? ',';
  }

  push(text: string): RawRecord[] {
    this.rest += text;
    return this.take(false);
  }

  end(): RawRecord[] {
    return this.take(true);
  }

  private take(isEnd: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    const text = this.rest;
    let start = 0;
    while (start < text.length) {
      const newline = text.indexOf('\n', start);
      if (newline < 0 && !isEnd) break;
      const lineEnd = newline < 0 ? text.length : newline;
      const content = text.slice(start, lineEnd);
      if (this.found === null) this.startWith(content);
      let end: number | null = lineEnd + 1;
      if (content.includes('"')) end = this.takeQuoted(text, start, isEnd, records);
      else this.takePlain(content, text.slice(start, lineEnd + 1), records);
      if (end === null) break;
      start = end;
    }
    this.rest = text.slice(start);
    checkLength(this.rest.length, this.line, advice, this.lengthMax);
    return records;
  }

  /** Detects the delimiter in the first line that is not empty: no column's name contains one. */
  private startWith(content: string): void {
    if (content === '' || content === '\r') return;
    this.found = [',', ';', '\t'].find((mark) => content.includes(mark)) ?? ',';
    if (content.startsWith(refusalColumns[0])) this.lengthMax = refusedRecordLengthMax;
  }

  private takePlain(content: string, text: string, records: RawRecord[]): void {
    const line = content.endsWith('\r') ? content.slice(0, -1) : content;
    if (line !== '') {
      checkLength(line.length, this.line, advice, this.lengthMax);
      const cells = line.split(this.delimiter);
      records.push({
        line: this.line,
        text,
        cells,
        rawCells: cells,
        problem: null,
        quoteAfterBlank: null,
      });
    }
    this.line += 1;
  }

  /** Returns null if the record continues in the next chunk. */
  private takeQuoted(
    text: string,
    start: number,
    isEnd: boolean,
    records: RawRecord[],
  ): number | null {
    const { delimiter, skipsBlanks } = this;
    const scanned = scanRecord(text, start, { delimiter, isEnd, skipsBlanks });
    if (scanned === null) {
      if (!isEnd) return null;
      throw new ImportError(
        'the record that begins here opens a quote that is never closed.',
        this.line,
      );
    }
    const { lines, end, ...found } = scanned;
    checkLength(end - start, this.line, advice, this.lengthMax);
    records.push({ line: this.line, text: text.slice(start, end), ...found });
    this.line += lines;
    return end;
  }
}
