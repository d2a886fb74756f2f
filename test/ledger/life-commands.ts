import type {
  AddTransaction,
  ReverseSpend,
  ReverseTransaction,
  SpentPart,
} from '../../src/ledger/command';
import { add } from './commands';

type Dates = Pick<AddTransaction, 'availableFrom' | 'expiresAt'>;

const noExtras = { reference: null, idempotencyKey: null };

/** Grants points with dates. */
export function grant(
  payer: string,
  points: number,
  timestamp: number,
  dates: Dates,
): AddTransaction {
  return { ...add(payer, points, timestamp), ...dates };
}

export function reverseSpend(target: number | null, points: number | null = null): ReverseSpend {
  return { kind: 'reverseSpend', target, points, ...noExtras };
}

export function reverseTransaction(
  target: number | null,
  points: number | null = null,
  spentPart: SpentPart = 'REFUSE',
): ReverseTransaction {
  return { kind: 'reverseTransaction', target, points, spentPart, ...noExtras };
}
