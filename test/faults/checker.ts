import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import type { NaiveLife } from '../model/naive-life';
import { choiceOf } from '../model/naive-life-input';
import { commandOfLife, walkLife } from '../model/replay-life';
import { apiEntryOf, isRight } from './api-entry';
import type { Attempt, Evidence } from './evidence';
import { groupBy } from './group-by';
import type { JournalContent } from './journal-file';
import { orderComplaints } from './order-checker';

/** What is recorded in full or not at all: the rows of one call, or those of each account in it. */
type Whole = 'call' | 'account of a call';

/**
 * Compares what clients received with the journal as it is now, and returns every contradiction.
 * The journal must hold every acknowledged command once and as it was returned, a command of
 * unknown outcome at most once, a refused one never; rows of one call of unknown outcome together
 * or not at all; nothing else; and it must follow the rule. It must also explain what clients saw,
 * and in which order.
 */
export function complaintsOf(
  evidence: Evidence,
  journal: JournalContent,
  whole: Whole = 'call',
): string[] {
  const entries = [...journal.values()].flat();
  // Nobody sends a lapse; the rule says what it must be.
  const sendable = entries.filter(({ kind }) => kind !== 'lapse');
  const recorded = groupBy(sendable, ({ reference }) => reference ?? '');
  const sent = groupBy(evidence.attempts, ({ command }) => command.reference);
  return [
    ...evidence.forbidden,
    ...ruleComplaints(journal),
    ...idComplaints(entries),
    ...sendable.flatMap((entry) => strangerComplaints(entry, sent.get(entry.reference ?? ''))),
    ...[...recorded].flatMap(([reference, found]) =>
      found.length > 1 ? [`${reference} occurs ${found.length} times`] : [],
    ),
    ...[...sent.values()].flatMap((attempts) =>
      responseComplaints(attempts, recorded.get(attempts[0].command.reference)?.[0], journal),
    ),
    ...callComplaints(evidence.attempts, recorded, whole),
    ...orderComplaints(evidence, journal),
  ];
}

/** Returns the balances that follow from the journal, by the naive model. */
export function balancesOf(accountId: string, journal: JournalContent) {
  const entries = journal.get(accountId);
  return entries === undefined ? null : lastOf(accountId, entries).books.balances();
}

function lastOf(accountId: string, entries: readonly Entry[]): NaiveLife {
  let last: NaiveLife | null = null;
  for (const model of walkLife(accountId, entries)) last = model;
  return last!;
}

function ruleComplaints(journal: JournalContent): string[] {
  return [...journal].flatMap(([accountId, entries]) => {
    try {
      lastOf(accountId, entries);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
}

function idComplaints(entries: readonly Entry[]): string[] {
  return [...groupBy(entries, ({ id }) => id)].flatMap(([id, found]) =>
    found.length > 1 ? [`the id ${id} occurs ${found.length} times`] : [],
  );
}

/** Complains of an entry that no client sent as it is. */
function strangerComplaints(entry: Entry, attempts: readonly Attempt[] = []): string[] {
  const asked = textOf(entry.accountId, commandOfLife(entry)!);
  const isSent = attempts.some(({ accountId, command }) => textOf(accountId, command) === asked);
  return isSent ? [] : [`nobody sent ${JSON.stringify(entry)}`];
}

/** Compares the responses to the attempts of one command with its entry. */
function responseComplaints(
  attempts: readonly Attempt[],
  entry: Entry | undefined,
  journal: JournalContent,
): string[] {
  const complaints: string[] = [];
  const { reference } = attempts[0].command;
  const right = entry && apiEntryOf(entry, journal.get(entry.accountId)!);
  let first = 0;
  for (const { result } of attempts) {
    if (result.kind !== 'accepted') continue;
    if (!result.replayed) first += 1;
    if (right === undefined || !isRight(result.entry, right)) {
      const [received, found] = [JSON.stringify(result.entry), JSON.stringify(right ?? null)];
      complaints.push(`${reference} was returned as ${received}, and the journal has ${found}`);
    }
  }
  const isUnknown = attempts.some(({ result }) => result.kind === 'unknown');
  if (first > 1) complaints.push(`${reference} was accepted as new ${first} times`);
  if (entry !== undefined && first === 0 && !isUnknown) {
    complaints.push(`${reference} is in the journal, but was never acknowledged`);
  }
  if (entry !== undefined && isRefusedAtLast(attempts)) {
    complaints.push(`${reference} is in the journal, but was refused`);
  }
  return complaints;
}

/**
 * True if a refusal proves that no attempt before it recorded the command: neither one that had a
 * response, nor one to an earlier run of the server. An attempt of unknown outcome may still be
 * recorded while its run of the server lasts.
 */
function isRefusedAtLast(attempts: readonly Attempt[]): boolean {
  const last = attempts.reduce((a, b) => (b.sentAt > a.sentAt ? b : a));
  if (last.result.kind !== 'refused') return false;
  return attempts.every(({ result, receivedAt, life }) => {
    if (life < last.life || result.kind === 'refused') return true;
    return result.kind !== 'unknown' && receivedAt < last.sentAt;
  });
}

/**
 * Checks that the accepted rows of a call are recorded in its order. Rows without a response are
 * one write, so that its grants are recorded together or not at all: they are never refused, except
 * for a key of another command, or when they are decided after their end.
 */
function callComplaints(
  attempts: readonly Attempt[],
  recorded: ReadonlyMap<string, readonly Entry[]>,
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
      const isThere = ({ command }: Attempt) => recorded.has(command.reference);
      const grants = rows.filter((row) => isGrant(row.command) && !sharesKey(row));
      const isWhole = grants.every(isThere) || !rows.some(isThere);
      return isWhole ? [] : [`only some rows of call ${call} are recorded`];
    }),
    ...[...byCallAndAccount].flatMap(([call, rows]) => {
      const sequences = rows.flatMap(({ result }) =>
        result.kind === 'accepted' && !result.replayed ? result.entry.sequence : [],
      );
      const isInOrder = sequences.every((each, row) => row === 0 || each > sequences[row - 1]);
      return isInOrder ? [] : [`the rows of call ${call} have the sequences ${sequences}`];
    }),
  ];
}

function keyOf({ accountId, command }: Attempt): string {
  return JSON.stringify([accountId, command.idempotencyKey]);
}

/** True if the command is a grant that is accepted at any time. */
function isGrant(command: Attempt['command']): boolean {
  const isAdd = command.kind === 'addTransaction';
  return isAdd && command.points > 0 && command.expiresAt === undefined;
}

/** Returns a text that is equal for commands of the same input: an entry stores a set of payers. */
function textOf(accountId: string, command: Command): string {
  const choice = 'payers' in command || 'upTo' in command ? choiceOf(command) : {};
  const input = { ...command, payers: undefined, upTo: undefined, ...choice };
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return JSON.stringify([accountId, given.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}
