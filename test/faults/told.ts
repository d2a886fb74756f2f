import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry, PayerPoints } from '../../src/ledger/entry';
import type { NaiveRefusal } from '../model/naive-decision';
import type { NaiveLedger } from '../model/naive-ledger';

/** Points of one transaction, by the id under which clients know it. */
export interface LotPoints {
  readonly transaction: { readonly id: string };
  readonly points: number;
}

/** What the API tells of an entry. What a document did not ask for is left out. */
export interface ToldEntry {
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

/** What the API tells of an account's state; null while it is unknown. */
export interface ToldAccount {
  readonly points: number;
  readonly balances: readonly PayerPoints[];
  /** The first page of them. */
  readonly lots?: { readonly nodes: readonly ToldLot[] };
}

export interface ToldLot {
  readonly remaining: number;
  readonly transaction: { readonly id: string };
}

export interface ToldPreview {
  readonly deductions: readonly PayerPoints[];
  readonly allocations: readonly LotPoints[];
  readonly errors: readonly NaiveRefusal[];
}

/** Asks for a refusal with the figures behind it. */
export const refusalFields = `errors {
  code
  ... on InsufficientPointsError { requested available }
  ... on PayerWouldGoNegativeError { payer available }
}`;

/** How many lots the first page holds that tests ask for. */
export const lotsAsked = 3;

/** How many of an account's newest entries tests ask for. */
export const newestAsked = 2;

/**
 * All that the API may tell of an entry, of an account with these entries. An answer that asked for
 * less is compared in what it asked for, see {@link isToldRight}.
 */
export function toldOf(entry: Entry, entries: readonly Entry[]): ToldEntry {
  const { sequence, points, reference } = entry;
  const recordedAt = instant(entry.recordedAt);
  const common = { id: encodeEntryId(entry), sequence, points, recordedAt, reference };
  if (entry.kind === 'transaction') {
    return { ...common, payer: entry.payer, timestamp: instant(entry.timestamp) };
  }
  const allocations = entry.allocations.map((part) => lotPointsOf(part, entries));
  return { ...common, deductions: deductionsOf(entry.allocations), allocations };
}

/** Whether every field that was told is as it should be. */
export function isToldRight(told: ToldEntry, right: ToldEntry): boolean {
  return Object.entries(told).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(right[field as keyof ToldEntry]),
  );
}

/** The figures of an account as a text that two equal states share. */
export function textOfAccount(account: ToldAccount | null): string {
  if (account === null) return 'unknown';
  const balances = account.balances.map(({ payer, points }) => [payer, points]);
  return JSON.stringify([account.points, balances]);
}

/** The same of the model. */
export function textOfModel(model: NaiveLedger): string {
  if (model.sequence === 0) return textOfAccount(null);
  return textOfAccount({ points: model.points(), balances: model.balances() });
}

export function lotsOfModel(model: NaiveLedger, entries: readonly Entry[]): ToldLot[] {
  return model
    .openLots()
    .slice(0, lotsAsked)
    .map(({ sequence, remaining }) => ({ remaining, transaction: idOf(sequence, entries) }));
}

export function previewOfModel(
  model: NaiveLedger,
  points: number,
  entries: readonly Entry[],
): ToldPreview {
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

/** One row per payer, negative, in the order in which the payers were first touched. */
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
