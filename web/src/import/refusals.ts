import type { FileHeader } from '../../../src/import/columns';
import type { ImportFormat } from '../../../src/import/file-format';
import type { RefusedRow } from '../../../src/import/read-import';
import { refusalLine, refusalsHeader } from '../../../src/import/refusals-file';

const listedMax = 1_000;

/** Collects the refused rows of an import: the first 1,000 for the page, all of them for a file. */
export class Refusals {
  readonly listed: RefusedRow[] = [];
  private readonly parts: string[] = [];

  add(rows: readonly RefusedRow[], header: FileHeader | null): void {
    if (this.parts.length === 0) this.parts.push(refusalsHeader(header));
    this.parts.push(rows.map((row) => refusalLine(row, header)).join(''));
    this.listed.push(...rows.slice(0, Math.max(0, listedMax - this.listed.length)));
  }

  /** Returns the file that the command line would write. After correction it can be imported. */
  file(name: string, format: ImportFormat): File {
    const base = name.replace(/\.\w+$/, '');
    return new File(this.parts, `${base}.refused.${format}`, { type: 'text/plain' });
  }
}
