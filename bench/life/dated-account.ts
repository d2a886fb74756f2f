import { Account } from '../../src/ledger/account';
import type { AddTransaction, Command } from '../../src/ledger/command';
import { decide } from '../../src/ledger/decide';
import type { Entry } from '../../src/ledger/entry';
import { evolve, type Undo } from '../../src/ledger/evolve';
import type { Target } from '../../src/ledger/target';
import { seededRandom } from '../support/random';

const pointsPerLot = 100;
export const now = 1_700_000_000_000;
const firstTimestamp = 1_600_000_000_000;
const payers = Array.from({ length: 10 }, (_, index) => `payer ${index}`);
/** Lots that expire in no order do within this time after `now`. */
const endsWithinMs = 10 * 365 * 86_400_000;

const random = seededRandom();

/** Whether lots expire, and if so, in the order in which they were earned or in none. */
export type Ends = 'none' | 'in order' | 'random';

/** An account with lots of equal size of 10 payers. */
export class DatedAccount {
  readonly account = new Account('account');
  private nextLot = 0;

  constructor(
    lots: number,
    private readonly ends: Ends,
  ) {
    for (let index = 0; index < lots; index += 1) this.apply(this.add());
  }

  /** Returns the add of the next lot in order. */
  add(): AddTransaction {
    const lot = this.nextLot;
    this.nextLot += 1;
    const payer = payers[lot % payers.length];
    const timestamp = firstTimestamp + lot * 1_000;
    const expiresAt = this.endOf(lot);
    const points = pointsPerLot;
    // Written out: objects that spreads make cost more to read than the rules that read them.
    const [reference, idempotencyKey] = [null, null];
    return expiresAt === null
      ? { kind: 'addTransaction', payer, points, timestamp, reference, idempotencyKey }
      : { kind: 'addTransaction', payer, points, timestamp, expiresAt, reference, idempotencyKey };
  }

  private endOf(lot: number): number | null {
    if (this.ends === 'none') return null;
    const after = this.ends === 'in order' ? lot * 1_000 : Math.floor(random() * endsWithinMs);
    return now + 1 + after;
  }

  spend(): Command {
    return { kind: 'spendPoints', points: pointsPerLot, reference: null, idempotencyKey: null };
  }

  hold(): Command {
    return {
      kind: 'holdPoints',
      points: pointsPerLot,
      expiresAt: now + 1_000,
      reference: null,
      idempotencyKey: null,
    };
  }

  /** Decides a command and applies it. */
  apply(command: Command, target: Target | null = null): { entry: Entry; undo: Undo } {
    const decision = decide(this.account, command, { now, id: 'entry', keyed: null, target });
    if (decision.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(decision)}`);
    return { entry: decision.entry, undo: evolve(this.account, decision.entry) };
  }
}

export function reversalOf({ kind, sequence: target }: Entry): Command {
  const [points, reference, idempotencyKey] = [null, null, null];
  return kind === 'spend'
    ? { kind: 'reverseSpend', target, points, reference, idempotencyKey }
    : {
        kind: 'reverseTransaction',
        target,
        points,
        spentPart: 'REFUSE',
        reference,
        idempotencyKey,
      };
}

/** @param target the sequence of the hold. */
export function captureOf(target: number): Command {
  const [points, reference, idempotencyKey] = [null, null, null];
  return { kind: 'captureHold', target, points, keepRest: false, reference, idempotencyKey };
}

const nothingLapsed: Target['lapsed'] = new Map();

export function targetOf(entry: Entry): Target {
  return { entry, newest: null, lapsed: nothingLapsed };
}
