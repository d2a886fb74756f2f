import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry, PayerPoints } from '../../src/ledger/entry';
import type { NaiveBooks } from '../model/naive-books';
import type { LifeRefusal } from '../model/naive-outcome';

/** Points of one transaction, with its id in the API. */
interface LotPoints {
  readonly transaction: { readonly id: string };
  readonly points: number;
}

/** An entry in a response of the API. Fields that the document did not select are missing. */
export interface ApiEntry {
  readonly id: string;
  readonly sequence: number;
  readonly points: number;
  readonly recordedAt?: string;
  readonly reference?: string | null;
  readonly payer?: string;
  readonly timestamp?: string;
  readonly deductions?: readonly PayerPoints[];
  readonly allocations?: readonly LotPoints[];
  readonly availableFrom?: string | null;
  readonly expiresAt?: string | null;
  readonly requested?: number | null;
  readonly fromLot?: number;
  readonly debited?: number;
  readonly lifted?: number;
}

/** An account's state in a response of the API; null while the account is unknown. */
export interface ApiAccount {
  readonly points: number;
  readonly balances: readonly PayerPoints[];
  /** The first page. */
  readonly lots?: { readonly nodes: readonly ApiLot[] };
}

interface ApiLot {
  readonly remaining: number;
  readonly transaction: { readonly id: string };
}

export interface ApiPreview {
  readonly deductions: readonly PayerPoints[];
  readonly allocations: readonly LotPoints[];
  readonly errors: readonly LifeRefusal[];
}

/** Selects a refusal with its figures. */
export const refusalFields = `errors {
  code
  ... on InsufficientPointsError { requested available }
  ... on PayerWouldGoNegativeError { payer available }
  ... on ExceedsReversibleError { reversible }
  ... on LotIsSpentError { unspent }
}`;

/** The length of the first page of lots that tests request. */
export const lotsRequested = 3;

/** How many of an account's newest entries tests request. */
export const newestRequested = 2;

/**
 * Returns all fields that the API may return of an entry, given the account's entries. A response
 * that selected fewer is compared with {@link isRight}.
 */
export function apiEntryOf(entry: Entry, entries: readonly Entry[]): ApiEntry {
  const { sequence, points, reference } = entry;
  const recordedAt = instant(entry.recordedAt);
  const common = { id: encodeEntryId(entry), sequence, points, recordedAt, reference };
  switch (entry.kind) {
    case 'transaction': {
      const dates = {
        availableFrom: dateOf(entry.availableFrom),
        expiresAt: dateOf(entry.expiresAt),
      };
      return { ...common, payer: entry.payer, timestamp: instant(entry.timestamp), ...dates };
    }
    case 'spend':
    case 'spendReversal': {
      const { allocations } = entry;
      const lots = allocations.map((part) => lotPointsOf(part, entries));
      if (entry.kind === 'spend') {
        return { ...common, deductions: deductionsOf(allocations), allocations: lots };
      }
      return { ...common, requested: entry.requested, allocations: lots };
    }
    case 'transactionReversal': {
      const { requested, fromLot, debited, lifted } = entry;
      return { ...common, requested, fromLot, debited, lifted };
    }
    default:
      return common;
  }
}

function dateOf(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : instant(milliseconds);
}

/** True if every received field is right. */
export function isRight(received: ApiEntry, right: ApiEntry): boolean {
  return Object.entries(received).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(right[field as keyof ApiEntry]),
  );
}

/** Returns the figures of an account as a text, equal for equal states. */
export function textOfAccount(account: ApiAccount | null): string {
  if (account === null) return 'unknown';
  const balances = account.balances.map(({ payer, points }) => [payer, points]);
  return JSON.stringify([account.points, balances]);
}

/** Returns the same text for the model. */
export function textOfModel({ sequence, books }: ModelMoment): string {
  if (sequence === 0) return textOfAccount(null);
  return textOfAccount({ points: books.points(), balances: books.balances() });
}

/** The model after an entry, at an instant. */
export interface ModelMoment {
  readonly sequence: number;
  readonly books: NaiveBooks;
}

export function lotsOfModel({ books }: ModelMoment, entries: readonly Entry[]): ApiLot[] {
  return books
    .openLots()
    .slice(0, lotsRequested)
    .map(({ sequence, remaining }) => ({ remaining, transaction: idOf(sequence, entries) }));
}

export function previewOfModel(
  { books }: ModelMoment,
  points: number,
  entries: readonly Entry[],
): ApiPreview {
  const available = books.points();
  if (points > available) {
    const errors = [{ code: 'INSUFFICIENT_POINTS', requested: points, available } as const];
    return { deductions: [], allocations: [], errors };
  }
  const taken = books.copy().take(points, () => true, 'spent');
  const allocations = taken.map((part) => lotPointsOf(part, entries));
  return { deductions: deductionsOf(taken), allocations, errors: [] };
}

function lotPointsOf(
  { sequence, points }: { readonly sequence: number; readonly points: number },
  entries: readonly Entry[],
): LotPoints {
  return { transaction: idOf(sequence, entries), points };
}

function idOf(sequence: number, entries: readonly Entry[]): { readonly id: string } {
  const entry = entries[sequence - 1];
  return { id: entry === undefined ? `nothing at ${sequence}` : encodeEntryId(entry) };
}

/** Returns one row per payer, negative, in the order in which the payers were first touched. */
function deductionsOf(allocations: readonly PayerPoints[]): PayerPoints[] {
  const payers = [...new Set(allocations.map(({ payer }) => payer))];
  return payers.map((payer) => ({
    payer,
    points: allocations.reduce((sum, part) => sum - (part.payer === payer ? part.points : 0), 0),
  }));
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
