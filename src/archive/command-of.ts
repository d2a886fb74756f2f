import type { Command } from '../ledger/command';
import { type Entry, isCapture, type SpendEntry } from '../ledger/entry';
import { unreachable } from '../ledger/invariant';
import type { LapseEntry } from '../ledger/lapse-entry';

/** An entry that a command made. */
export type CommandEntry = Exclude<Entry, LapseEntry>;

/** Returns the command that an entry must be the result of. */
export function commandOf(entry: CommandEntry): Command {
  const { points, reference, idempotencyKey } = entry;
  const common = { reference, idempotencyKey };
  switch (entry.kind) {
    case 'transaction': {
      const { payer, timestamp, availableFrom, expiresAt } = entry;
      const dates = { availableFrom, expiresAt };
      return { kind: 'addTransaction', payer, points, timestamp, ...dates, ...common };
    }
    case 'spend':
      return { ...spendCommandOf(entry), ...common };
    case 'hold': {
      const { requested, expiresAt, payers, upTo } = entry;
      return { kind: 'holdPoints', points: requested, expiresAt, payers, upTo, ...common };
    }
    case 'release':
      return { kind: 'releaseHold', target: entry.target, ...common };
    case 'spendReversal': {
      const { target, requested } = entry;
      return { kind: 'reverseSpend', target, points: requested, ...common };
    }
    case 'transactionReversal': {
      const { target, requested, spentPart } = entry;
      return { kind: 'reverseTransaction', target, points: requested, spentPart, ...common };
    }
    default:
      return unreachable(entry);
  }
}

function spendCommandOf(entry: SpendEntry) {
  if (isCapture(entry)) {
    const { target, requested, keepRest } = entry;
    return { kind: 'captureHold', target, points: requested, keepRest } as const;
  }
  const { points, requested = points, payers, upTo } = entry;
  return { kind: 'spendPoints', points: requested, payers, upTo } as const;
}
