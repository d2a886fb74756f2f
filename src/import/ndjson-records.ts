import { parseJsonObject } from './json-object';
import {
  checkLength,
  type RawRecord,
  type RecordReader,
  recordLengthMax,
  refusedRecordLengthMax,
} from './raw-record';

/**
 * Splits NDJSON into lines, which end in LF or CRLF, or in CR if the start of the file contains no
 * LF. Blank lines are skipped.
 */
export class NdjsonRecords implements RecordReader {
  private rest = '';
  private line = 1;
  private lineBreak: '\n' | '\r' = '\n';

  constructor(
    private readonly lengthMax = recordLengthMax,
    private readonly refusedLengthMax = Math.max(lengthMax, refusedRecordLengthMax),
  ) {}

  push(text: string): RawRecord[] {
    const records = this.split(text);
    const isLong = this.line === 1 && this.rest.length > recordLengthMax;
    if (isLong && this.rest.includes('\r')) records.push(...this.splitAtCr());
    this.check(this.rest);
    return records;
  }

  end(): RawRecord[] {
    const isOneLine = this.line === 1 && this.rest.trim().includes('\r');
    // CR may also be white space within the only object of a file.
    const isSplit = isOneLine && typeof parseJsonObject(this.rest) === 'string';
    const records = isSplit ? this.splitAtCr() : [];
    return [...records, ...this.take(this.rest, '')];
  }

  private splitAtCr(): RawRecord[] {
    this.lineBreak = '\r';
    const text = this.rest;
    this.rest = '';
    return this.split(text);
  }

  /** Searches only the new text, so that a long line costs no more than many short ones. */
  private split(text: string): RawRecord[] {
    const { lineBreak } = this;
    const lines = text.split(lineBreak);
    lines[0] = this.rest + lines[0];
    this.rest = lines.pop()!;
    return lines.flatMap((content) => this.take(content, lineBreak));
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
