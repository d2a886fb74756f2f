import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry, PayerPoints } from '../../src/ledger/entry';
import type { NaiveRefusal } from '../model/naive-decision';
import type { NaiveLedger } from '../model/naive-ledger';
import { plainSpend } from '../model/plain';

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
  readonly errors: readonly NaiveRefusal[];
}

/** Selects a refusal with its figures. */
export const refusalFields = `errors {
  code
  ... on InsufficientPointsError { requested available }
  ... on PayerWouldGoNegativeError { payer available }
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
  if (entry.kind === 'transaction') {
    return { ...common, payer: entry.payer, timestamp: instant(entry.timestamp) };
  }
  const { allocations } = plainSpend(entry);
  const lots = allocations.map((part) => lotPointsOf(part, entries));
  return { ...common, deductions: deductionsOf(allocations), allocations: lots };
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
export function textOfModel(model: NaiveLedger): string {
  if (model.sequence === 0) return textOfAccount(null);
  return textOfAccount({ points: model.points(), balances: model.balances() });
}

export function lotsOfModel(model: NaiveLedger, entries: readonly Entry[]): ApiLot[] {
  return model
    .openLots()
    .slice(0, lotsRequested)
    .map(({ sequence, remaining }) => ({ remaining, transaction: idOf(sequence, entries) }));
}

export function previewOfModel(
  model: NaiveLedger,
  points: number,
  entries: readonly Entry[],
): ApiPreview {
  const available = model.points();
  if (points > available) {
    const errors = [{ code: 'INSUFFICIENT_POINTS', requested: points, available } as const];
    return { deductions: [], allocations: [], errors };
  }
  const taken = model.take(points);
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
