import { checkLength, type RawRecord, type RecordReader, recordLengthMax } from './raw-record';

const advice = 'Each line must hold one JSON object.';

/** Lines of NDJSON; blank ones are left out. Takes LF and CRLF. */
export class NdjsonRecords implements RecordReader {
  private rest = '';
  private line = 1;

  constructor(private readonly lengthMax = recordLengthMax) {}

  push(text: string): RawRecord[] {
    // Only the new text is searched, so that a long line costs no more than many short ones.
    const lines = text.split('\n');
    lines[0] = this.rest + lines[0];
    this.rest = lines.pop()!;
    const records = lines.flatMap((content) => this.take(content));
    checkLength(this.rest.length, this.line, advice, this.lengthMax);
    return records;
  }

  end(): RawRecord[] {
    return this.take(this.rest);
  }

  private take(content: string): RawRecord[] {
    checkLength(content.length, this.line, advice, this.lengthMax);
    const line = this.line;
    this.line += 1;
    const trimmed = content.trim();
    return trimmed === '' ? [] : [{ line, cells: [trimmed], fault: null }];
  }
}
