import { ImportFault } from './import-fault';
import { checkLength, type RawRecord, type RecordReader } from './raw-record';
import { scanRecord } from './scan-record';

const advice = 'A quote that is opened must be closed, and a quote within a cell be doubled.';

/**
 * Records of CSV as in RFC 4180, with LF or CRLF, and commas, semicolons or tabs, whichever stands
 * in the first line. Empty lines are left out. A line without quotes costs one split.
 */
export class CsvRecords implements RecordReader {
  private rest = '';
  private line = 1;
  private delimiter: string | null = null;

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
      this.delimiter ??= delimiterOf(content);
      const end = content.includes('"')
        ? this.takeQuoted(text, start, isEnd, records)
        : this.takePlain(content, lineEnd, records);
      if (end === null) break;
      start = end;
    }
    this.rest = text.slice(start);
    checkLength(this.rest.length, this.line, advice);
    return records;
  }

  private takePlain(content: string, lineEnd: number, records: RawRecord[]): number {
    const cells = content.endsWith('\r') ? content.slice(0, -1) : content;
    if (cells !== '') {
      checkLength(cells.length, this.line, advice);
      records.push({ line: this.line, cells: cells.split(this.delimiter!), fault: null });
    }
    this.line += 1;
    return lineEnd + 1;
  }

  /** Null if the record goes on in the next chunk. */
  private takeQuoted(
    text: string,
    start: number,
    isEnd: boolean,
    records: RawRecord[],
  ): number | null {
    const scanned = scanRecord(text, start, this.delimiter!, isEnd);
    if (scanned === null) {
      if (!isEnd) return null;
      throw new ImportFault(
        'a quote is opened in the record that begins here, and never closed.',
        this.line,
      );
    }
    const { cells, fault, lines, end } = scanned;
    checkLength(end - start, this.line, advice);
    records.push({ line: this.line, cells, fault });
    this.line += lines;
    return end;
  }
}

/** No column's name holds any of these, so the first line tells. */
function delimiterOf(header: string): string {
  return [',', ';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}
