import { checkLength, type RawRecord, type RecordReader } from './raw-record';

const advice = 'Each line must hold one JSON object.';

/** Lines of NDJSON; blank ones are left out. Takes LF and CRLF. */
export class NdjsonRecords implements RecordReader {
  private rest = '';
  private line = 1;

  push(text: string): RawRecord[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop()!;
    const records = lines.flatMap((content) => this.take(content));
    checkLength(this.rest.length, this.line, advice);
    return records;
  }

  end(): RawRecord[] {
    return this.take(this.rest);
  }

  private take(content: string): RawRecord[] {
    checkLength(content.length, this.line, advice);
    const line = this.line;
    this.line += 1;
    const trimmed = content.trim();
    return trimmed === '' ? [] : [{ line, cells: [trimmed], fault: null }];
  }
}
