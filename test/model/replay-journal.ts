import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { NaiveLedger } from './naive-ledger';

/**
 * Plays an account's whole journal from sequence 1 through the naive model, and throws at the first
 * entry that does not follow from those before it: a gap, a clock that went back, a key used twice,
 * a debit or a spend that the balances did not bear, allocations other than the rule's. Cost:
 * quadratic in the entries.
 */
export function replayJournal(accountId: string, entries: readonly Entry[]): NaiveLedger {
  const ledger = new NaiveLedger(accountId);
  for (const entry of entries) {
    const decision = ledger.decide(commandOf(entry), entry.recordedAt, entry.id, true);
    if (decision.kind !== 'accepted' || canonical(decision.entry) !== canonical(entry)) {
      const found = canonical(entry);
      throw new Error(`After sequence ${ledger.sequence} of ${accountId} the journal has
${found}, where the rule says
${JSON.stringify(decision)}`);
    }
    ledger.apply(entry);
  }
  return ledger;
}

/** The command that an entry was accepted for. */
export function commandOf(entry: Entry): Command {
  const { points, reference, idempotencyKey } = entry;
  if (entry.kind === 'spend') return { kind: 'spendPoints', points, reference, idempotencyKey };
  const { payer, timestamp } = entry;
  return { kind: 'addTransaction', payer, points, timestamp, reference, idempotencyKey };
}

/**
 * All fields of an entry in one order, so that entries can be compared wherever they were built.
 */
function canonical(entry: Entry): string {
  const { kind, id, accountId, sequence, recordedAt, points, reference, idempotencyKey } = entry;
  const common = [kind, id, accountId, sequence, recordedAt, points, reference, idempotencyKey];
  if (entry.kind === 'transaction') {
    return JSON.stringify([...common, entry.payer, entry.timestamp]);
  }
  const allocations = entry.allocations.map((part) => [
    part.payer,
    part.timestamp,
    part.sequence,
    part.points,
  ]);
  return JSON.stringify([...common, allocations]);
}
