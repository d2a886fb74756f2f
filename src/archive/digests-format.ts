import { jsonMembers } from '../import/json-members';
import { type JsonValues, parseJsonObject } from '../import/json-object';
import { NdjsonRecords } from '../import/ndjson-records';
import { Utf8Reader } from '../import/utf8-reader';
import { compareCodePoints } from '../journal/code-point-order';
import { countOf } from '../ledger/count-of';
import { ExportError } from './export-error';
import type { KnownEnd } from './known-ends';

/** The first line of a file of digests; the version grows with the format. */
export const digestsMark = { format: 'points-ledger-digests', version: 1 } as const;

/** Characters. An account id has at most 255. */
const lineLengthMax = 4_096;

type Digest = Omit<KnownEnd, 'all'>;

/**
 * Yields a file of digests, a JSON object per line: the mark, an object per account by code point,
 * and at the end their number, which a truncated file lacks.
 */
export async function* writeDigests(ends: AsyncIterable<Digest>): AsyncGenerator<string> {
  let accounts = 0;
  yield `${JSON.stringify(digestsMark)}\n`;
  for await (const { accountId, sequence, digest } of ends) {
    accounts += 1;
    yield `${JSON.stringify({ accountId, sequence, digest })}\n`;
  }
  yield `${JSON.stringify({ accounts })}\n`;
}

/**
 * Reads a file of digests.
 * @throws ExportError with the first line that is wrong.
 */
export async function* readDigests(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<KnownEnd> {
  const text = new Utf8Reader();
  const lines = new NdjsonRecords(lineLengthMax);
  const reader = new DigestsReader();
  for await (const chunk of chunks) {
    for (const { line, cells } of lines.push(text.push(chunk))) yield* reader.take(line, cells[0]);
  }
  for (const { line, cells } of [...lines.push(text.end()), ...lines.end()]) {
    yield* reader.take(line, cells[0]);
  }
  reader.finish();
}

class DigestsReader {
  private line = 0;
  private accounts = 0;
  private last: string | null = null;
  private isEnded = false;

  take(line: number, text: string): KnownEnd[] {
    const isFirst = this.line === 0;
    this.line = line;
    if (this.isEnded) this.fail('this line follows the end of the file.');
    const values = parseJsonObject(text);
    if (typeof values === 'string' || jsonMembers(text).doubledName !== null) {
      return this.fail('this is not a JSON object with each name once.');
    }
    if (isFirst) return this.start(values);
    if ('accounts' in values) return this.end(values);
    return [this.account(values)];
  }

  finish(): void {
    if (!this.isEnded) this.fail('the file is truncated after this line.');
  }

  private start({ format, version }: JsonValues): [] {
    if (format !== digestsMark.format || version !== digestsMark.version) {
      this.fail(`the file must begin with ${JSON.stringify(digestsMark)}.`);
    }
    return [];
  }

  private end({ accounts }: JsonValues): [] {
    if (accounts !== this.accounts) {
      this.fail(
        `the last line counts ${accounts} as accounts, and the file holds ${countOf(this.accounts, 'account')}.`,
      );
    }
    this.isEnded = true;
    return [];
  }

  private account({ accountId, sequence, digest }: JsonValues): KnownEnd {
    const isDigest =
      digest === null || (typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest));
    if (typeof accountId !== 'string' || !Number.isSafeInteger(sequence) || !isDigest) {
      return this.fail('this must be an object with accountId, sequence and digest.');
    }
    if (this.last !== null && compareCodePoints(accountId, this.last) <= 0) {
      this.fail('accounts must be in the order of code points, each once.');
    }
    this.last = accountId;
    this.accounts += 1;
    return { accountId, sequence: sequence as number, digest, all: null };
  }

  private fail(problem: string): never {
    throw new ExportError(problem, this.line);
  }
}
