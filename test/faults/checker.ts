import type { Entry } from '../../src/ledger/entry';
import { commandOf, replayJournal } from '../model/replay-journal';
import type { Attempt, Evidence } from './evidence';
import { groupBy } from './group-by';
import type { JournalContent } from './journal-file';
import { orderComplaints } from './order-checker';
import { isToldRight, toldOf } from './told';

/** What stands or falls together: the rows of one call, or those of each account in it. */
export type Whole = 'call' | 'account of a call';

/**
 * Holds what clients were answered against the journal as it is now, and names every contradiction.
 * The journal must hold every accepted command once and as it was answered, a command without an
 * answer at most once, a refused one never; rows of one unanswered call together or not at all;
 * nothing else; and it must follow the rule. What clients saw, and in which order, must be
 * explained by it too.
 */
export function complaintsOf(
  evidence: Evidence,
  journal: JournalContent,
  whole: Whole = 'call',
): string[] {
  const entries = [...journal.values()].flat();
  const standing = groupBy(entries, ({ reference }) => reference ?? '');
  const sent = groupBy(evidence.attempts, ({ command }) => command.reference);
  return [
    ...evidence.forbidden,
    ...ruleComplaints(journal),
    ...idComplaints(entries),
    ...entries.flatMap((entry) => strangerComplaints(entry, sent.get(entry.reference ?? ''))),
    ...[...standing].flatMap(([reference, found]) =>
      found.length > 1 ? [`${reference} stands ${found.length} times`] : [],
    ),
    ...[...sent.values()].flatMap((attempts) =>
      answerComplaints(attempts, standing.get(attempts[0].command.reference)?.[0], journal),
    ),
    ...callComplaints(evidence.attempts, standing, whole),
    ...orderComplaints(evidence, journal),
  ];
}

/** The balances that the journal leads to, by the naive model. */
export function balancesOf(accountId: string, journal: JournalContent) {
  const entries = journal.get(accountId);
  return entries === undefined ? null : replayJournal(accountId, entries).balances();
}

function ruleComplaints(journal: JournalContent): string[] {
  return [...journal].flatMap(([accountId, entries]) => {
    try {
      replayJournal(accountId, entries);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

function idComplaints(entries: readonly Entry[]): string[] {
  return [...groupBy(entries, ({ id }) => id)].flatMap(([id, found]) =>
    found.length > 1 ? [`the id ${id} stands ${found.length} times`] : [],
  );
}

/** An entry that nobody sent as it is. */
function strangerComplaints(entry: Entry, attempts: readonly Attempt[] = []): string[] {
  const asked = JSON.stringify([entry.accountId, sorted(commandOf(entry))]);
  const isSent = attempts.some(
    ({ accountId, command }) => JSON.stringify([accountId, sorted(command)]) === asked,
  );
  return isSent ? [] : [`nobody sent ${JSON.stringify(entry)}`];
}

/** Contradictions between the answers to the sendings of one command and its entry. */
function answerComplaints(
  attempts: readonly Attempt[],
  entry: Entry | undefined,
  journal: JournalContent,
): string[] {
  const complaints: string[] = [];
  const { reference } = attempts[0].command;
  const right = entry && toldOf(entry, journal.get(entry.accountId)!);
  let first = 0;
  for (const { result } of attempts) {
    if (result.kind !== 'accepted') continue;
    if (!result.replayed) first += 1;
    if (right === undefined || !isToldRight(result.entry, right)) {
      const [told, found] = [JSON.stringify(result.entry), JSON.stringify(right ?? null)];
      complaints.push(`${reference} was answered as ${told}, and the journal has ${found}`);
    }
  }
  const isUnknown = attempts.some(({ result }) => result.kind === 'unknown');
  if (first > 1) complaints.push(`${reference} was accepted as new ${first} times`);
  if (entry !== undefined && first === 0 && !isUnknown) {
    complaints.push(`${reference} stands in the journal, and nobody was told so`);
  }
  if (entry !== undefined && isRefusedAtLast(attempts)) {
    complaints.push(`${reference} stands in the journal, and was refused`);
  }
  return complaints;
}

/**
 * A refusal proves that no sending before it had recorded the command: none that was answered, and
 * none that a run of the server had which was over. One of unknown outcome may still be recorded
 * later, while its run of the server lasts.
 */
function isRefusedAtLast(attempts: readonly Attempt[]): boolean {
  const last = attempts.reduce((a, b) => (b.sentAt > a.sentAt ? b : a));
  if (last.result.kind !== 'refused') return false;
  return attempts.every(({ result, answeredAt, life }) => {
    if (life < last.life || result.kind === 'refused') return true;
    return result.kind !== 'unknown' && answeredAt < last.sentAt;
  });
}

/**
 * The accepted rows of a call stand in its order. Rows that nobody answered are one write, so that
 * the grants in it stand or fall together: they are never refused, but for a key of another
 * command.
 */
function callComplaints(
  attempts: readonly Attempt[],
  standing: ReadonlyMap<string, readonly Entry[]>,
  whole: Whole,
): string[] {
  const rowsOf = (rows: readonly Attempt[]) => [
    ...groupBy(rows, ({ call, accountId }) =>
      whole === 'call' ? String(call) : `${call} on ${accountId}`,
    ),
  ];
  const byKey = groupBy(attempts, keyOf);
  const sharesKey = (attempt: Attempt) =>
    attempt.command.idempotencyKey !== null &&
    byKey
      .get(keyOf(attempt))!
      .some((other) => other.command.reference !== attempt.command.reference);
  const unknown = attempts.filter(({ result }) => result.kind === 'unknown');
  const byCallAndAccount = groupBy(attempts, ({ call, accountId }) => `${call} on ${accountId}`);
  return [
    ...rowsOf(unknown).flatMap(([call, rows]) => {
      const isThere = ({ command }: Attempt) => standing.has(command.reference);
      const grants = rows.filter((row) => isGrant(row.command) && !sharesKey(row));
      const isWhole = grants.every(isThere) || !rows.some(isThere);
      return isWhole ? [] : [`of the rows of call ${call} only some stand`];
    }),
    ...[...byCallAndAccount].flatMap(([call, rows]) => {
      const sequences = rows.flatMap(({ result }) =>
        result.kind === 'accepted' && !result.replayed ? result.entry.sequence : [],
      );
      const isInOrder = sequences.every((each, row) => row === 0 || each > sequences[row - 1]);
      return isInOrder ? [] : [`the rows of call ${call} stand as ${sequences}`];
    }),
  ];
}

function keyOf({ accountId, command }: Attempt): string {
  return JSON.stringify([accountId, command.idempotencyKey]);
}

function isGrant(command: Attempt['command']): boolean {
  return command.kind === 'addTransaction' && command.points > 0;
}

function sorted(value: object): unknown {
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
