import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import { NaiveLedger } from './naive-ledger';
import { plainEntry } from './plain';

/**
 * Replays an account's whole journal from sequence 1 through the naive model.
 * @throws at the first entry that does not follow: after a gap, an earlier recorded time, a key
 *   used twice, a debit or spend beyond the balance, or with other allocations than the rule's.
 *   Quadratic in the entries.
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

/** Returns the command for which an entry was accepted. */
function commandOf(given: Entry): Command {
  const entry = plainEntry(given);
  const { points, reference, idempotencyKey } = entry;
  if (entry.kind === 'spend') return { kind: 'spendPoints', points, reference, idempotencyKey };
  const { payer, timestamp } = entry;
  return { kind: 'addTransaction', payer, points, timestamp, reference, idempotencyKey };
}

/** Returns an entry as a text with its fields in one order, so that entries can be compared. */
function canonical(given: Entry): string {
  const entry = plainEntry(given);
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
