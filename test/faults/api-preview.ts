import type { SpendPoints } from '../../src/ledger/command';
import type { Allocation, Entry, PayerPoints } from '../../src/ledger/entry';
import type { NaiveBooks } from '../model/naive-books';
import { spendOutcome } from '../model/naive-holds';
import { malformation } from '../model/naive-life-input';
import type { LifeRefusal } from '../model/naive-outcome';
import { deductionsOf, type LotPoints, lotPointsOf } from './api-values';

/** What a preview is requested for. */
export interface PreviewRequest extends Pick<SpendPoints, 'points' | 'payers' | 'upTo'> {
  readonly at?: number;
}

export interface ApiPreview {
  readonly deductions: readonly PayerPoints[];
  readonly allocations: readonly LotPoints[];
  readonly errors: readonly LifeRefusal[];
}

export function previewOfModel(
  books: NaiveBooks,
  { points, payers, upTo }: PreviewRequest,
  entries: readonly Entry[],
): ApiPreview {
  const tags = { reference: null, idempotencyKey: null };
  const command: SpendPoints = { kind: 'spendPoints', points, payers, upTo, ...tags };
  const code = malformation(command);
  const outcome = code === null ? spendOutcome(books.copy(), command) : { code };
  if ('code' in outcome) {
    return { deductions: [], allocations: [], errors: [outcome as LifeRefusal] };
  }
  const taken = outcome.allocations as readonly Allocation[];
  const allocations = taken.map((part) => lotPointsOf(part, entries));
  return { deductions: deductionsOf(taken), allocations, errors: [] };
}
