import type { Account } from './account';
import { type LotPlace, nextLot, row } from './lot-node';
import { PayerLots } from './payer-lots';

/**
 * The version of the text below. A part of another version is not read; the entries are replayed.
 */
const format = 1;

/** The state of some payers as JSON. A payer with many lots continues in the next part. */
interface Part {
  readonly format: number;
  readonly payers: readonly PayerPart[];
}

/** Name, points debited, and timestamp, sequence and unspent points of one lot after another. */
type PayerPart = readonly [payer: string, debited: number, lots: readonly number[]];

/** Lots and payers in one part of a snapshot: about 100 kB of text. */
export const snapshotPartSize = 4_096;

/**
 * Returns the account's open lots and payers as text, in parts of bounded size. Restoring them
 * costs O(lots + payers).
 */
export function* snapshotParts(account: Account, size = snapshotPartSize): Generator<string> {
  let payers: PayerPart[] = [];
  let room = size;
  for (const { payer, debited, lots } of account.payers.values()) {
    const place: LotPlace = { leaf: null, index: 0 };
    if (lots.size > 0) lots.seekPoints(0, place);
    do {
      if (room <= 0) {
        yield JSON.stringify({ format, payers } satisfies Part);
        payers = [];
        room = size;
      }
      const rows = takeRows(place, room);
      payers.push([payer, debited, rows]);
      room -= rows.length / row + 1;
    } while (place.leaf !== null);
  }
  yield JSON.stringify({ format, payers } satisfies Part);
}

function takeRows(place: LotPlace, limit: number): number[] {
  const rows: number[] = [];
  for (let count = 0; place.leaf !== null && count < limit; count += 1) {
    const at = place.index * row;
    rows.push(place.leaf.rows[at]!, place.leaf.rows[at + 1]!, place.leaf.rows[at + 2]!);
    nextLot(place);
  }
  return rows;
}

/**
 * Adds the content of one part to an account that is being restored. Parts are passed in order.
 * Returns false if the part cannot be read.
 */
export function restorePart(account: Account, text: string): boolean {
  const part = JSON.parse(text) as Part;
  if (part.format !== format) return false;
  for (const [name, debited, rows] of part.payers) {
    let payer = account.payers.get(name);
    if (payer === undefined) {
      payer = new PayerLots(name);
      payer.debited = debited;
      account.points -= debited;
      account.payers.set(name, payer);
    }
    for (let at = 0; at < rows.length; at += row) {
      payer.lots.add(rows[at]!, rows[at + 1]!, rows[at + 2]!);
      account.points += rows[at + 2]!;
      account.openPoints += rows[at + 2]!;
    }
    account.lotCount += rows.length / row;
    payer.seek();
    account.order.update(payer);
  }
  return true;
}
