import type { Entry, PayerPoints } from '../../src/ledger/entry';
import type { Attempt, Evidence, Sighting } from './evidence';
import { groupBy } from './group-by';
import type { JournalContent } from './journal-file';

/**
 * Something that happened to one account between a sending and its answer, at a sequence if that is
 * known.
 */
interface Span {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly entry: Entry | null;
  readonly sighting: Sighting | null;
  /** The highest sequence that was answered before this was sent. */
  earliest: number;
  /** The last sequence before the first that was sent after this was answered. */
  latest: number;
}

/**
 * Names what contradicts the order of time: an entry before one that was answered before it was
 * sent, and balances shown to a client that the account did not have between the sending and the
 * answer.
 */
export function orderComplaints(evidence: Evidence, journal: JournalContent): string[] {
  const accounts = new Set([
    ...journal.keys(),
    ...evidence.sightings.map((seen) => seen.accountId),
  ]);
  return [...accounts].flatMap((accountId) => {
    const entries = journal.get(accountId) ?? [];
    const spans = spansOf(accountId, evidence, entries);
    bound(spans, entries.length);
    const states = statesOf(entries);
    return spans.flatMap((span) => complaintsOf(span, states));
  });
}

function spansOf(accountId: string, evidence: Evidence, entries: readonly Entry[]): Span[] {
  const open = { earliest: 0, latest: 0 };
  const sightings = evidence.sightings.filter((seen) => seen.accountId === accountId);
  const attempts = evidence.attempts.filter((attempt) => attempt.accountId === accountId);
  const sent = groupBy(attempts, ({ command }) => command.reference);
  return [
    ...sightings.map((sighting) => ({ ...sighting, entry: null, sighting, ...open })),
    ...entries.flatMap((entry) => {
      const times = timesOf(sent.get(entry.reference ?? '') ?? []);
      return times === null ? [] : [{ ...times, entry, sighting: null, ...open }];
    }),
  ];
}

/**
 * When an entry can have come to be: through the sending that was answered as new, or else through
 * the first.
 */
function timesOf(attempts: readonly Attempt[]): Pick<Span, 'sentAt' | 'answeredAt'> | null {
  const accepted = attempts.filter(({ result }) => result.kind === 'accepted');
  const asNew = accepted.filter(({ result }) => result.kind === 'accepted' && !result.replayed);
  const unknown = attempts.filter(({ result }) => result.kind === 'unknown');
  const possible = asNew.length > 0 ? asNew : unknown;
  if (possible.length === 0) return null;
  return {
    sentAt: Math.min(...possible.map(({ sentAt }) => sentAt)),
    answeredAt: Math.min(...accepted.map(({ answeredAt }) => answeredAt)),
  };
}

/**
 * Two walks over all moments: forward for what was answered by then, backward for what was not yet
 * sent.
 */
function bound(spans: readonly Span[], entryCount: number): void {
  const moments = [
    ...spans.map((span) => ({ at: span.sentAt, span, isSending: true })),
    ...spans.map((span) => ({ at: span.answeredAt, span, isSending: false })),
  ].toSorted((a, b) => a.at - b.at);
  let earliest = 0;
  for (const { span, isSending } of moments) {
    if (isSending) span.earliest = earliest;
    else earliest = Math.max(earliest, span.entry?.sequence ?? 0);
  }
  let latest = entryCount;
  for (const { span, isSending } of moments.toReversed()) {
    if (!isSending) span.latest = latest;
    else if (span.entry !== null) latest = Math.min(latest, span.entry.sequence - 1);
  }
}

/** The balances after each sequence, as text; at 0 the account is unknown. */
function statesOf(entries: readonly Entry[]): string[] {
  const balances = new Map<string, number>();
  const change = (payer: string, points: number) =>
    balances.set(payer, (balances.get(payer) ?? 0) + points);
  const states = entries.map((entry) => {
    if (entry.kind === 'transaction') change(entry.payer, entry.points);
    else for (const { payer, points } of entry.allocations) change(payer, -points);
    return textOf(Array.from(balances, ([payer, points]) => ({ payer, points })));
  });
  return [textOf(null), ...states];
}

function textOf(balances: readonly PayerPoints[] | null): string {
  return JSON.stringify(balances?.map(({ payer, points }) => [payer, points]) ?? null);
}

function complaintsOf({ entry, sighting, earliest, latest }: Span, states: string[]): string[] {
  if (entry !== null && entry.sequence <= earliest) {
    return [`sequence ${entry.sequence} was sent after the answer to sequence ${earliest}`];
  }
  if (sighting === null) return [];
  const seen = textOf(sighting.balances);
  if (states.slice(earliest, latest + 1).includes(seen)) return [];
  const { accountId } = sighting;
  return [`${accountId} showed ${seen}, its balances at no sequence from ${earliest} to ${latest}`];
}
