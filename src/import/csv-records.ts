import { refusalColumns } from './columns';
import { ImportFault } from './import-fault';
import {
  checkLength,
  type RawRecord,
  type RecordReader,
  recordLengthMax,
  refusedRecordLengthMax,
} from './raw-record';
import { scanRecord } from './scan-record';

const advice = 'A quote that is opened must be closed, and a quote within a cell be doubled.';

/**
 * Records of CSV as in RFC 4180, with LF or CRLF, and commas, semicolons or tabs, whichever occurs
 * in the first line. Empty lines are left out. A line without quotes costs one split.
 */
export class CsvRecords implements RecordReader {
  private rest = '';
  private line = 1;
  private lengthMax = recordLengthMax;
  private mark: string | null = null;

  /** @param skipsBlanks whether blanks around a quoted cell are ignored. */
  constructor(private readonly skipsBlanks = false) {}

  /** What separates the cells; a comma until the first line was read. */
  get delimiter(): string {
    return this.mark ?? ',';
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
      if (this.mark === null) this.startWith(content);
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

  /** No column's name holds any of the delimiters, so the first line that is not empty tells. */
  private startWith(content: string): void {
    if (content === '' || content === '\r') return;
    this.mark = [',', ';', '\t'].find((mark) => content.includes(mark)) ?? ',';
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
        fault: null,
        quoteAfterBlank: null,
      });
    }
    this.line += 1;
  }

  /** Null if the record continues in the next chunk. */
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
      throw new ImportFault(
        'a quote is opened in the record that begins here, and never closed.',
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
