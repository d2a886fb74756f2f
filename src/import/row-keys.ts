import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { textFault } from '../ledger/text';
import { ImportFault } from './import-fault';
import { Occurrences } from './occurrences';
import type { RowInput } from './row-input';

/** 96 bits of a hash: among a million rows, two of other content share it once in 10^17 files. */
const hashBytes = 12;

/** Leaves room in a key of 255 characters for the row's hash (24) and its number (10 at most). */
export const importNameLengthMax = 200;

/**
 * Derives the idempotency keys of an import: its name, the hash of what the row says, and the
 * number of the row among those that say the same. So the same rows get the same keys whenever they
 * are imported under the same name, in whatever order, and none of them counts twice; and rows that
 * the file holds twice on purpose count twice.
 */
export class RowKeys {
  private readonly occurrences = new Occurrences();
  private readonly encoder = new TextEncoder();

  /** Throws {@link ImportFault} if the name cannot be part of a key. */
  constructor(private readonly name: string) {
    checkName(name);
  }

  /** The key of the next row. A row with a key of its own keeps it and is not counted. */
  keyOf(row: RowInput): string {
    if (row.idempotencyKey !== null) return row.idempotencyKey;
    const { accountId, payer, points, timestamp, reference } = row;
    const content = JSON.stringify([accountId, payer, points, timestamp, reference]);
    const hash = sha256(this.encoder.encode(content)).subarray(0, hashBytes);
    const number = this.occurrences.add(wordAt(hash, 0), wordAt(hash, 4), wordAt(hash, 8));
    return `${this.name}:${bytesToHex(hash)}:${number}`;
  }
}

export function checkName(name: string): void {
  const fault = textFault(name);
  if (fault !== null) throw new ImportFault(`The name of an import ${fault}.`);
  if (name.length <= importNameLengthMax) return;
  throw new ImportFault(
    `The name of an import has ${name.length} characters; at most ${importNameLengthMax} are allowed.`,
  );
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
