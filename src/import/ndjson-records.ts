import {
  checkLength,
  type RawRecord,
  type RecordReader,
  recordLengthMax,
  refusedRecordLengthMax,
} from './raw-record';

/** Splits NDJSON into lines, which end in LF or CRLF. Blank lines are skipped. */
export class NdjsonRecords implements RecordReader {
  private rest = '';
  private line = 1;

  constructor(
    private readonly lengthMax = recordLengthMax,
    private readonly refusedLengthMax = Math.max(lengthMax, refusedRecordLengthMax),
  ) {}

  push(text: string): RawRecord[] {
    // Searches only the new text, so that a long line costs no more than many short ones.
    const lines = text.split('\n');
    lines[0] = this.rest + lines[0];
    this.rest = lines.pop()!;
    const records = lines.flatMap((content) => this.take(content, '\n'));
    this.check(this.rest);
    return records;
  }

  end(): RawRecord[] {
    return this.take(this.rest, '');
  }

  private take(content: string, lineBreak: string): RawRecord[] {
    this.check(content);
    const line = this.line;
    this.line += 1;
    const trimmed = content.trim();
    if (trimmed === '') return [];
    const text = content + lineBreak;
    return [{ line, text, cells: [trimmed], rawCells: [], problem: null, quoteAfterBlank: null }];
  }

  private check(content: string): void {
    if (content.length <= this.lengthMax) return;
    const isRefused = content.trimStart().startsWith('{"refused":');
    const lengthMax = isRefused ? this.refusedLengthMax : this.lengthMax;
    checkLength({ line: this.line, length: content.length, cells: [] }, lengthMax);
  }
}
