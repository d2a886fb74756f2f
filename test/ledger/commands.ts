import type { AddTransaction, SpendPoints } from '../../src/ledger/command';

type Extras = Partial<Pick<AddTransaction, 'reference' | 'idempotencyKey'>>;

const noExtras = { reference: null, idempotencyKey: null };

/** Adds points of a payer, earned at an instant; a negative number debits them. */
export function add(
  payer: string,
  points: number,
  timestamp: number,
  extras: Extras = {},
): AddTransaction {
  return { kind: 'addTransaction', payer, points, timestamp, ...noExtras, ...extras };
}

/** Debits a payer. The instant has no effect, but a transaction has one. */
export function debit(
  payer: string,
  points: number,
  timestamp = 0,
  extras: Extras = {},
): AddTransaction {
  return add(payer, -points, timestamp, extras);
}

export function spend(points: number, extras: Extras = {}): SpendPoints {
  return { kind: 'spendPoints', points, ...noExtras, ...extras };
}
