import type { Command } from '../../src/ledger/command';
import { type Entry, isCapture, type SpendEntry } from '../../src/ledger/entry';
import { unreachable } from '../../src/ledger/invariant';
import { NaiveLife } from './naive-life';

/**
 * Replays an account's journal from sequence 1 through the naive model, which recomputes what
 * lapses, and returns the account after each of its entries, by sequence.
 * @throws as {@link walkLife} does. Quadratic in the entries, in memory too.
 */
export function replayLife(accountId: string, entries: readonly Entry[]): NaiveLife[] {
  return Array.from(walkLife(accountId, entries), (model) => model.copy());
}

/**
 * Yields the account before its first entry and after each one: the same object each time.
 * @throws at the first entry that does not follow by the rule, or before which something that was
 *   due is not recorded. Quadratic in the entries.
 */
export function* walkLife(accountId: string, entries: readonly Entry[]): Generator<NaiveLife> {
  const model = new NaiveLife(accountId);
  yield model;
  for (const entry of entries) {
    const right = entryAgain(model, entry);
    if (right === null || textOf(right) !== textOf(entry)) {
      throw new Error(`After sequence ${model.sequence} of ${accountId} the journal has
${textOf(entry)}
where the rule says
${right === null ? 'that something else comes next' : textOf(right)}`);
    }
    yield model;
  }
}

/** Decides an entry again, at the time at which it was recorded. */
function entryAgain(model: NaiveLife, entry: Entry): Entry | null {
  // Any split of what was due into entries is right.
  if (entry.kind === 'lapse') return model.sweep(entry.recordedAt, entry.id, entry.rows.length);
  const command = commandOfLife(entry)!;
  const decision = model.run(command, entry.recordedAt, entry.id);
  // What was due before the entry must have been recorded before it.
  return decision.kind === 'accepted' && decision.lapse === null ? decision.entry : null;
}

/** Returns the command that an entry was made from; null for what nobody requested. */
export function commandOfLife(entry: Entry): Command | null {
  const { reference, idempotencyKey } = entry;
  const tags = { reference, idempotencyKey };
  switch (entry.kind) {
    case 'transaction': {
      const { payer, points, timestamp, availableFrom, expiresAt } = entry;
      return {
        kind: 'addTransaction',
        payer,
        points,
        timestamp,
        availableFrom,
        expiresAt,
        ...tags,
      };
    }
    case 'spend':
      return { ...spendCommandOf(entry), ...tags };
    case 'hold': {
      const { requested: points, expiresAt, payers, upTo } = entry;
      return { kind: 'holdPoints', points, expiresAt, payers, upTo, ...tags };
    }
    case 'release':
      return { kind: 'releaseHold', target: entry.target, ...tags };
    case 'spendReversal':
      return { kind: 'reverseSpend', target: entry.target, points: entry.requested, ...tags };
    case 'transactionReversal': {
      const { target, requested: points, spentPart } = entry;
      return { kind: 'reverseTransaction', target, points, spentPart, ...tags };
    }
    case 'lapse':
      return null;
    default:
      return unreachable(entry);
  }
}

function spendCommandOf(entry: SpendEntry) {
  if (isCapture(entry)) {
    const { target, requested: points, keepRest } = entry;
    return { kind: 'captureHold', target, points, keepRest } as const;
  }
  const { requested = entry.points, payers, upTo } = entry;
  return { kind: 'spendPoints', points: requested, payers, upTo } as const;
}

function textOf(entry: Entry): string {
  const { digest: _digest, ...others } = entry;
  return JSON.stringify(sorted(others));
}

/** Returns a value whose text does not depend on the order of its fields. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => [name, sorted(each)]);
}
