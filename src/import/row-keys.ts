import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { textProblem } from '../ledger/text';
import { ImportError } from './import-error';
import { Occurrences } from './occurrences';
import type { RowInput } from './row-input';

/** 96 bits of a hash: two different rows among a million share one in 1 of 10^17 files. */
const hashBytes = 12;

/** Of the 255 characters of a key, the row's hash takes 24 and its number 10 at most. */
export const importNameLengthMax = 200;

/**
 * Derives the idempotency keys of an import: its name, the hash of the row's content, and the
 * number of the row among those with the same content. So the same rows get the same keys whenever
 * they are imported under the same name, in whatever order, and none of them counts twice. Rows
 * that the file holds twice on purpose count twice.
 */
export class RowKeys {
  private readonly occurrences = new Occurrences();
  private readonly encoder = new TextEncoder();

  /** @throws ImportError if the name cannot be part of a key. */
  constructor(private readonly name: string) {
    checkName(name);
  }

  /** Returns the key of the next row. A row that has a key keeps it and is not counted. */
  keyOf(row: RowInput): string {
    if (row.idempotencyKey !== null) return row.idempotencyKey;
    const content = JSON.stringify(contentOf(row));
    const hash = sha256(this.encoder.encode(content)).subarray(0, hashBytes);
    const number = this.occurrences.add(wordAt(hash, 0), wordAt(hash, 4), wordAt(hash, 8));
    return `${this.name}:${bytesToHex(hash)}:${number}`;
  }
}

/** Dates are part of the content only of rows that have one: the keys of all others stay. */
function contentOf(row: RowInput): unknown[] {
  const { accountId, payer, points, timestamp, reference, availableFrom, expiresAt } = row;
  const content = [accountId, payer, points, timestamp, reference];
  if (availableFrom === undefined && expiresAt === undefined) return content;
  return [...content, availableFrom ?? null, expiresAt ?? null];
}

/**
 * @param subject what the message calls the name.
 * @throws ImportError if the name cannot be part of a key.
 */
export function checkName(name: string, subject = 'The name of an import'): void {
  const problem = textProblem(name);
  if (problem !== null) throw new ImportError(`${subject} ${problem}.`);
  if (name.length <= importNameLengthMax) return;
  throw new ImportError(
    `${subject} has ${name.length} characters; at most ${importNameLengthMax} are allowed.`,
  );
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
