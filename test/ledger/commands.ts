import type { AddTransaction, SpendPoints } from '../../src/ledger/command';

type Extras = Partial<Pick<AddTransaction, 'reference' | 'idempotencyKey'>>;

const noExtras = { reference: null, idempotencyKey: null };

/** Adds points of a payer, earned at an instant; takes them back where they are negative. */
export function add(
  payer: string,
  points: number,
  timestamp: number,
  extras: Extras = {},
): AddTransaction {
  return { kind: 'addTransaction', payer, points, timestamp, ...noExtras, ...extras };
}

/** Takes points back from a payer. The instant decides nothing, but a transaction has one. */
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
