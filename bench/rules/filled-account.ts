import { Account } from '../../src/ledger/account';
import type { AddTransaction, Command, SpendPoints } from '../../src/ledger/command';
import { type Circumstances, decide } from '../../src/ledger/decide';
import { evolve, type Undo } from '../../src/ledger/evolve';
import { previewSpend } from '../../src/ledger/preview';

export const pointsPerLot = 100;
const firstTimestamp = 1_600_000_000_000;
const millisecondsBetweenLots = 1_000;
/** A prime, so that neighbouring lots belong to payers that are apart in memory. */
const payerStride = 7_919;

const circumstances: Circumstances = { now: 1_700_000_000_000, id: 'entry', keyed: null };

/**
 * An account with a given number of open lots of equal size, distributed over its payers round
 * robin.
 */
export class FilledAccount {
  readonly account = new Account('account');
  /** The next lot in order; a scenario that removes lots resets this too. */
  nextLot = 0;
  private readonly payers: readonly string[];

  constructor(
    readonly lots: number,
    payers: number,
  ) {
    this.payers = Array.from({ length: payers }, (_, index) => `payer ${index}`);
    this.grow(lots);
  }

  get oldestTimestamp(): number {
    const preview = previewSpend(this.account.id, this.account, 1);
    if (preview.kind === 'refused') throw new Error('The account is empty.');
    return preview.allocations[0].timestamp;
  }

  get newestTimestamp(): number {
    return timestampOf(this.nextLot - 1);
  }

  payerOf(lot: number): string {
    return this.payers[(lot * payerStride) % this.payers.length];
  }

  /** Returns the add of the next lot in order. */
  addInOrder(): AddTransaction {
    const lot = this.nextLot;
    this.nextLot += 1;
    return addCommand(this.payerOf(lot), pointsPerLot, timestampOf(lot));
  }

  grow(lots: number): void {
    for (let index = 0; index < lots; index += 1) apply(this.account, this.addInOrder());
  }

  /** Spends the oldest lots, one after another. */
  shrink(lots: number): void {
    const spend = spendCommand(pointsPerLot);
    for (let index = 0; index < lots; index += 1) apply(this.account, spend);
  }
}

export function addCommand(payer: string, points: number, timestamp: number): AddTransaction {
  return {
    kind: 'addTransaction',
    payer,
    points,
    timestamp,
    reference: null,
    idempotencyKey: null,
  };
}

export function spendCommand(points: number): SpendPoints {
  return { kind: 'spendPoints', points, reference: null, idempotencyKey: null };
}

/** Runs what is measured: decide and evolve, keeping the undo as the service does. */
export function applyAll(account: Account, commands: readonly Command[], undos: Undo[]): void {
  for (let index = 0; index < commands.length; index += 1) {
    undos[index] = apply(account, commands[index]);
  }
}

function apply(account: Account, command: Command): Undo {
  const decision = decide(account, command, circumstances);
  if (decision.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(decision)}`);
  return evolve(account, decision.entry);
}

function timestampOf(lot: number): number {
  return firstTimestamp + lot * millisecondsBetweenLots;
}
