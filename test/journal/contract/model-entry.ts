import type { Entry } from '../../../src/ledger/entry';
import { spend, transaction } from '../entries';
import {
  beginningRow,
  capture,
  endRow,
  expiryRow,
  grant,
  hold,
  lapse,
  release,
  spendOf,
  spendReversal,
  transactionReversal,
} from '../life-entries';

/** Texts of an entry; null for what kinds have by themselves. */
export interface Words {
  readonly payer: string | null;
  readonly reference: string | null;
  readonly actor: string | null;
}

/**
 * Makes an entry of a kind given by a number. Kinds that are inserted with few columns come twice,
 * so that batches of these only are frequent too.
 */
export function modelEntry(
  accountId: string,
  sequence: number,
  kind: number,
  idempotencyKey: string | null,
  words: Words | undefined,
): Entry {
  const entry = { ...entryOfKind(accountId, sequence, kind), idempotencyKey };
  const { payer = null, reference = null, actor = null } = words ?? {};
  return {
    ...entry,
    reference,
    ...(payer === null || !('payer' in entry) ? {} : { payer }),
    // A lapse is recorded by nobody.
    ...(actor === null || entry.kind === 'lapse' ? {} : { actor }),
  } as Entry;
}

function entryOfKind(accountId: string, sequence: number, kind: number): Entry {
  const target = Math.max(1, sequence - 1 - (sequence % 5));
  const lapses = sequence % 2 === 0 ? [] : [expiryRow(target, sequence)];
  const makers: readonly (() => Entry)[] = [
    () => transaction(accountId, sequence),
    () => spend(accountId, sequence),
    () => grant(accountId, sequence, { expiresAt: sequence }),
    () => transaction(accountId, sequence),
    () => grant(accountId, sequence, { availableFrom: -sequence }),
    () => grant(accountId, sequence, { availableFrom: target, expiresAt: sequence }),
    () =>
      spendOf(accountId, sequence, [
        [target, 5, 9],
        [target + 1, 2],
      ]),
    () => lapse(accountId, sequence, [beginningRow(target), expiryRow(target, sequence)]),
    () => spendReversal(accountId, sequence, target, { lapses }),
    () => transactionReversal(accountId, sequence, target),
    () => hold(accountId, sequence, { expiresAt: 2 * sequence }),
    () => capture(accountId, sequence, target, { lapses }),
    () => release(accountId, sequence, target, { lapses }),
    () => lapse(accountId, sequence, [endRow(target)]),
    () => ({ ...spend(accountId, sequence), requested: 8, payers: { except: ['A'] } }),
  ];
  return makers[kind % makers.length]!();
}
