import { encodeEntryId } from '../../src/graphql/entry/entry-id';
import type { Entry } from '../../src/ledger/entry';
import { commandOf, replayJournal } from '../model/replay-journal';
import type { Attempt, Evidence } from './evidence';
import { groupBy } from './group-by';
import type { JournalContent } from './journal-file';
import { orderComplaints } from './order-checker';

/**
 * Holds what clients were answered against the journal as it is now, and names every contradiction.
 * The journal must hold every accepted command once and as it was answered, a command without an
 * answer at most once, a refused one never; rows of one unanswered call together or not at all;
 * nothing else; and it must follow the rule. What clients saw, and in which order, must be
 * explained by it too.
 */
export function complaintsOf(evidence: Evidence, journal: JournalContent): string[] {
  const entries = [...journal.values()].flat();
  const standing = byReference(entries);
  const sent = groupBy(evidence.attempts, ({ command }) => command.reference);
  return [
    ...ruleComplaints(journal),
    ...entries.flatMap((entry) => strangerComplaints(entry, sent.get(entry.reference ?? ''))),
    ...[...standing].flatMap(([reference, found]) =>
      found.length > 1 ? [`${reference} stands ${found.length} times`] : [],
    ),
    ...[...sent.values()].flatMap((attempts) =>
      answerComplaints(attempts, standing.get(attempts[0].command.reference)?.[0] ?? null),
    ),
    ...callComplaints(evidence.attempts, standing),
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

/** An entry that nobody sent as it is. */
function strangerComplaints(entry: Entry, attempts: readonly Attempt[] = []): string[] {
  const asked = JSON.stringify([entry.accountId, sorted(commandOf(entry))]);
  const isSent = attempts.some(
    ({ accountId, command }) => JSON.stringify([accountId, sorted(command)]) === asked,
  );
  return isSent ? [] : [`nobody sent ${JSON.stringify(entry)}`];
}

/** Contradictions between the answers to the sendings of one command and its entry. */
function answerComplaints(attempts: readonly Attempt[], entry: Entry | null): string[] {
  const complaints: string[] = [];
  const { reference } = attempts[0].command;
  let first = 0;
  for (const { command, result } of attempts) {
    if (result.kind === 'refused') complaints.push(...refusalComplaints(command, result.available));
    if (result.kind !== 'accepted') continue;
    if (!result.replayed) first += 1;
    const right = entry && [encodeEntryId(entry), entry.sequence, entry.points];
    const told = [result.id, result.sequence, result.points];
    if (JSON.stringify(told) !== JSON.stringify(right)) {
      complaints.push(`${reference} was answered as ${told}, and the journal has ${right}`);
    }
  }
  const isUnknown = attempts.some(({ result }) => result.kind === 'unknown');
  if (first > 1) complaints.push(`${reference} was accepted as new ${first} times`);
  if (entry !== null && first === 0 && !isUnknown) {
    complaints.push(`${reference} stands in the journal, and nobody was told so`);
  }
  if (entry !== null && isRefusedAtLast(attempts)) {
    complaints.push(`${reference} stands in the journal, and was refused`);
  }
  return complaints;
}

function refusalComplaints(command: Attempt['command'], available: number | null): string[] {
  const asked = Math.abs(command.points);
  if (available === null || asked > available) return [];
  return [`${command.reference} was refused for ${asked}, and ${available} were available`];
}

/**
 * A refusal proves that no sending before it had recorded the command: none that was answered, and
 * none that a run of the server had which was over.
 */
function isRefusedAtLast(attempts: readonly Attempt[]): boolean {
  const last = attempts.reduce((a, b) => (b.sentAt > a.sentAt ? b : a));
  if (last.result.kind !== 'refused') return false;
  return attempts.every(
    (attempt) => attempt === last || attempt.answeredAt < last.sentAt || attempt.life < last.life,
  );
}

/**
 * Rows of a call that nobody answered: one write, so that the grants in it, never refused, stand or
 * fall together.
 */
function callComplaints(
  attempts: readonly Attempt[],
  standing: ReadonlyMap<string, readonly Entry[]>,
): string[] {
  const unknown = attempts.filter(({ result }) => result.kind === 'unknown');
  return [...groupBy(unknown, ({ call }) => call)].flatMap(([call, rows]) => {
    const isThere = ({ command }: Attempt) => standing.has(command.reference);
    const grants = rows.filter(({ command }) => isGrant(command));
    const isWhole = grants.every(isThere) || !rows.some(isThere);
    return isWhole ? [] : [`of the rows of call ${call} only some stand`];
  });
}

function isGrant(command: Attempt['command']): boolean {
  return command.kind === 'addTransaction' && command.points > 0;
}

function byReference(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  return groupBy(entries, ({ reference }) => reference ?? '');
}

function sorted(value: object): unknown {
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
