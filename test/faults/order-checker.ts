import type { Entry } from '../../src/ledger/entry';
import type { Attempt, Evidence, Sighting } from './evidence';
import { groupBy } from './group-by';
import type { JournalContent } from './journal-file';
import { momentsOf } from './moments';

/**
 * What happened to one account between a request and its response: an entry, at its sequence, or a
 * sighting, after one of several sequences.
 */
interface Span {
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly what: { readonly entry: Entry } | { readonly sighting: Sighting };
  /** The highest sequence that was acknowledged before this was sent. */
  earliest: number;
  /** The last sequence before the first that was sent after this response. */
  latest: number;
  /** The sequences after which it can have been true, ascending. */
  moments: readonly number[];
}

/**
 * Returns contradictions to the order of time: an entry that precedes one acknowledged before it
 * was sent, and a sighting that, by the naive model, was not true between request and response, or
 * only before what another client had seen before the request.
 */
export function orderComplaints(evidence: Evidence, journal: JournalContent): string[] {
  const sightings = groupBy(evidence.sightings, ({ accountId }) => accountId);
  const attempts = groupBy(evidence.attempts, ({ accountId }) => accountId);
  const accounts = new Set([...journal.keys(), ...sightings.keys()]);
  return [...accounts].flatMap((accountId) => {
    const entries = journal.get(accountId) ?? [];
    const spans = [
      ...(sightings.get(accountId) ?? []).map(spanOfSighting),
      ...spansOfEntries(attempts.get(accountId) ?? [], entries),
    ];
    bound(spans, entries.length);
    findMoments(accountId, spans, entries);
    return complaintsInTime(spans);
  });
}

const unbound = { earliest: 0, latest: 0, moments: [] };

function spanOfSighting(sighting: Sighting): Span {
  const { sentAt, receivedAt } = sighting;
  return { sentAt, receivedAt, what: { sighting }, ...unbound };
}

function spansOfEntries(attempts: readonly Attempt[], entries: readonly Entry[]): Span[] {
  const sent = groupBy(attempts, ({ command }) => command.reference);
  return entries.flatMap((entry) => {
    const times = timesOf(sent.get(entry.reference ?? '') ?? []);
    return times === null ? [] : [{ ...times, what: { entry }, ...unbound }];
  });
}

/**
 * Returns when an entry can have been recorded: during the attempt that returned it as new, or else
 * since the first attempt of unknown outcome.
 */
function timesOf(attempts: readonly Attempt[]): Pick<Span, 'sentAt' | 'receivedAt'> | null {
  const accepted = attempts.filter(({ result }) => result.kind === 'accepted');
  const asNew = accepted.filter(({ result }) => result.kind === 'accepted' && !result.replayed);
  const unknown = attempts.filter(({ result }) => result.kind === 'unknown');
  const possible = asNew.length > 0 ? asNew : unknown;
  if (possible.length === 0) return null;
  return {
    sentAt: Math.min(...possible.map(({ sentAt }) => sentAt)),
    receivedAt: Math.min(...accepted.map(({ receivedAt }) => receivedAt)),
  };
}

/**
 * Bounds each span in two walks over all moments: forwards for what was acknowledged by then,
 * backwards for what was not yet sent.
 */
function bound(spans: readonly Span[], entryCount: number): void {
  const times = timesIn(spans);
  let earliest = 0;
  for (const { span, isSending } of times) {
    if (isSending) span.earliest = earliest;
    else if ('entry' in span.what) earliest = Math.max(earliest, span.what.entry.sequence);
  }
  for (const span of spans) span.latest = entryCount;
  let latest = entryCount;
  for (const { span, isSending } of times.toReversed()) {
    if (!isSending) span.latest = latest;
    else if ('entry' in span.what) latest = Math.min(latest, span.what.entry.sequence - 1);
  }
}

interface Time {
  readonly at: number;
  readonly span: Span;
  readonly isSending: boolean;
}

/** Returns every request and every response, in the order of time. */
function timesIn(spans: readonly Span[]): Time[] {
  const times = spans.flatMap((span) => [
    { at: span.sentAt, span, isSending: true },
    { at: span.receivedAt, span, isSending: false },
  ]);
  return times.filter(({ at }) => at < Number.POSITIVE_INFINITY).toSorted((a, b) => a.at - b.at);
}

function findMoments(accountId: string, spans: readonly Span[], entries: readonly Entry[]): void {
  const seen = spans.flatMap((span) => {
    if (!('sighting' in span.what)) return [];
    const { sighting } = span.what;
    const from = Math.max(span.earliest, sighting.atLeast);
    return { span, seen: sighting.seen, from, to: Math.min(span.latest, sighting.atMost) };
  });
  momentsOf(accountId, seen, entries).forEach((moments, place) => {
    seen[place].span.moments = moments;
  });
}

/**
 * Assigns each sighting the first possible moment that is not before one that was seen when it was
 * requested. If that leads to a contradiction, no other choice avoids it.
 */
function complaintsInTime(spans: readonly Span[]): string[] {
  const complaints: string[] = [];
  let seenBefore = 0;
  for (const { span, isSending } of timesIn(spans)) {
    if (isSending) {
      span.earliest = Math.max(span.earliest, seenBefore);
      complaints.push(...entryComplaints(span));
    } else {
      const moment = momentOf(span);
      if (moment === undefined) complaints.push(sightingComplaint(span));
      seenBefore = Math.max(seenBefore, moment ?? 0);
    }
  }
  return complaints;
}

function momentOf({ what, earliest, moments }: Span): number | undefined {
  if ('entry' in what) return what.entry.sequence;
  return moments.find((moment) => moment >= earliest);
}

function entryComplaints({ what, earliest }: Span): string[] {
  if (!('entry' in what) || what.entry.sequence > earliest) return [];
  const { accountId, sequence } = what.entry;
  return [
    `sequence ${sequence} of ${accountId} was sent after sequence ${earliest} was acknowledged`,
  ];
}

function sightingComplaint({ what, earliest, latest, sentAt, receivedAt }: Span): string {
  if (!('sighting' in what)) return '';
  const { accountId, atLeast, atMost, seen } = what.sighting;
  const [from, to] = [Math.max(earliest, atLeast), Math.min(latest, atMost)];
  const where = `at no sequence from ${from} to ${to} (times ${sentAt} to ${receivedAt})`;
  return `${accountId} showed ${JSON.stringify(seen)}, which was true ${where}`;
}
