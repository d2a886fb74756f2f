import type {
  Allocation,
  CaptureEntry,
  LotSpendEntry,
  TransactionEntry,
} from '../../src/ledger/entry';
import type { HoldEntry, ReleaseEntry } from '../../src/ledger/hold-entry';
import type {
  BeginningRow,
  EndRow,
  ExpiryRow,
  LapseEntry,
  LapseRow,
} from '../../src/ledger/lapse-entry';
import type { SpendReversalEntry, TransactionReversalEntry } from '../../src/ledger/reversal-entry';
import { freshId, spend, transaction } from './entries';

/** Makes a grant with dates. */
export function grant(
  accountId: string,
  sequence: number,
  dates: Pick<TransactionEntry, 'availableFrom' | 'expiresAt'>,
): TransactionEntry {
  return transaction(accountId, sequence, dates);
}

type Taken = readonly [sequence: number, points: number, expiresAt?: number];

/** Makes a spend that takes so many points from each lot, given by its sequence. */
export function spendOf(
  accountId: string,
  sequence: number,
  taken: readonly Taken[],
): LotSpendEntry {
  const allocations = taken.map(([lot, points, expiresAt]) => part(lot, points, expiresAt));
  const points = allocations.reduce((sum, each) => sum + each.points, 0);
  return spend(accountId, sequence, { points, allocations });
}

function part(sequence: number, points: number, expiresAt?: number): Allocation {
  const lot = { timestamp: 1_700_000_000_000 + sequence, sequence, payer: 'DANNON', points };
  return expiresAt === undefined ? lot : { ...lot, expiresAt };
}

/** Makes a row of a lot whose expired points are now so many in total. */
export function expiryRow(sequence: number, expiredTotal = 3): ExpiryRow {
  return {
    kind: 'expiry',
    at: 1_750_000_000_000,
    sequence,
    timestamp: 1_700_000_000_000 + sequence,
    payer: 'DANNON',
    expired: 1,
    settled: 1,
    totals: { expired: expiredTotal, settled: 1 },
  };
}

/** Makes a row of a hold whose end gives points back to two lots. */
export function endRow(hold: number): EndRow {
  const allocations = [part(1, 2, 1_750_000_000_000), part(2, 1)];
  return { kind: 'end', hold, at: 1_750_000_000_000, points: 3, allocations };
}

export function beginningRow(sequence: number): BeginningRow {
  return {
    kind: 'beginning',
    at: 1_750_000_000_000,
    sequence,
    timestamp: 1_700_000_000_000 + sequence,
    payer: 'DANNON',
    points: 100,
  };
}

export function lapse(accountId: string, sequence: number, rows: readonly LapseRow[]): LapseEntry {
  return { ...commonOf(accountId, sequence), kind: 'lapse', points: rows.length, rows };
}

export function hold(
  accountId: string,
  sequence: number,
  change: Partial<HoldEntry> = {},
): HoldEntry {
  return {
    ...commonOf(accountId, sequence),
    kind: 'hold',
    points: 3,
    requested: 3,
    expiresAt: 1_760_000_000_000,
    allocations: [part(1, 2, 1_750_000_000_000), part(2, 1)],
    ...change,
  };
}

export function capture(
  accountId: string,
  sequence: number,
  target: number,
  change: Partial<CaptureEntry> = {},
): CaptureEntry {
  return {
    ...commonOf(accountId, sequence),
    kind: 'spend',
    target,
    points: 2,
    requested: 2,
    keepRest: false,
    total: 2,
    allocations: [part(1, 2, 1_750_000_000_000)],
    released: [part(2, 1)],
    lapses: [],
    ...change,
  };
}

export function release(
  accountId: string,
  sequence: number,
  target: number,
  change: Partial<ReleaseEntry> = {},
): ReleaseEntry {
  return {
    ...commonOf(accountId, sequence),
    kind: 'release',
    target,
    points: 3,
    allocations: [part(1, 2, 1_750_000_000_000), part(2, 1)],
    lapses: [],
    ...change,
  };
}

export function spendReversal(
  accountId: string,
  sequence: number,
  target: number,
  change: Partial<SpendReversalEntry> = {},
): SpendReversalEntry {
  return {
    ...commonOf(accountId, sequence),
    kind: 'spendReversal',
    target,
    points: 2,
    requested: 2,
    total: 2,
    allocations: [part(1, 2, 1_750_000_000_000)],
    lapses: [],
    ...change,
  };
}

export function transactionReversal(
  accountId: string,
  sequence: number,
  target: number,
  change: Partial<TransactionReversalEntry> = {},
): TransactionReversalEntry {
  return {
    ...commonOf(accountId, sequence),
    kind: 'transactionReversal',
    target,
    points: 5,
    requested: 5,
    total: 5,
    payer: 'DANNON',
    timestamp: 1_700_000_000_000 + target,
    spentPart: 'REFUSE',
    fromLot: 1,
    debited: 0,
    lifted: 0,
    ...change,
  };
}

/** These kinds exist only in format 2, which has a digest. */
function commonOf(accountId: string, sequence: number) {
  return {
    id: freshId(),
    accountId,
    sequence,
    recordedAt: 1_750_000_000_000 + sequence,
    reference: null,
    idempotencyKey: null,
    digest: 'd'.repeat(64),
  };
}
