import { ImportError } from './import-error';
import { parseJsonObject } from './json-object';
import type { RawRecord } from './raw-record';

/** @throws ImportError if the first bytes are not those of a text file in UTF-8. */
export function checkFirstBytes(bytes: Uint8Array): void {
  const [first, second, third, fourth] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // UTF-16 encodes a character of ASCII as two bytes, one of which is 0.
  const hasZeros = (first === 0 && third === 0) || (second === 0 && fourth === 0);
  if (hasMark || hasZeros) {
    throw new ImportError('this is UTF-16. Save the file as UTF-8 and import it again.', 1);
  }
  // The signature of ZIP: PK, 3, 4.
  const isZip = first === 0x50 && second === 0x4b && third === 3 && fourth === 4;
  if (!isZip) return;
  throw new ImportError(
    'this is a workbook or another ZIP file. Save the sheet as CSV UTF-8 and import that.',
    1,
  );
}

/** @throws ImportError if the first line is not that of a CSV with usual delimiters. */
export function checkCsvStart({ text, cells, line }: RawRecord): void {
  if (/^\s*(\{|\[\s*(\{|$))/.test(text)) throw jsonError(text, line);
  if (cells.length === 1 && cells[0].split('|').length > 2) {
    throw new ImportError(
      'the cells are separated by |. Save the file with commas, semicolons or tabs, or put a line ' +
        'sep=| before the first one.',
      line,
    );
  }
  if (cells.includes('recorded_at') && cells.includes('allocations')) {
    throw new ImportError(
      'this is an export of a ledger as CSV. Export it as NDJSON, and restore that with ' +
        '`points restore`.',
      line,
    );
  }
}

function jsonError(text: string, line: number): ImportError {
  if (typeof parseJsonObject(text) === 'string') return notNdjson(line);
  return new ImportError(
    'this is NDJSON, and was read as CSV. Import it with --format ndjson, or name it .ndjson.',
    line,
  );
}

/**
 * Checks the first lines of an NDJSON file. A first line such as `{` is only one malformed row if
 * an object follows.
 *
 * @param second undefined if the file has one line.
 * @throws ImportError for an export of a ledger, and for JSON that is not NDJSON.
 */
export function checkNdjsonStart(first: RawRecord, second: RawRecord | undefined): void {
  const { line } = first;
  const [text] = first.cells;
  // The entries of an export were accepted before; all of them would be refused.
  if (text.startsWith('{"format":"points-ledger-export"')) {
    throw new ImportError('this is an export of a ledger; `points restore` restores it.', line);
  }
  const isObjectNext = second !== undefined && typeof parseJsonObject(second.cells[0]) !== 'string';
  if (/^(\{|\[\s*(\{.*)?)$/.test(text) && !isObjectNext) throw notNdjson(line);
}

function notNdjson(line: number): ImportError {
  return new ImportError(
    'this is JSON, but not NDJSON, which has one object on each line. Convert it, for example with ' +
      'jq -c \'if type == "array" then .[] else . end\'.',
    line,
  );
}
