import type {
  AddTransaction,
  CaptureHold,
  HoldPoints,
  ReleaseHold,
  ReverseSpend,
  ReverseTransaction,
  SpendPoints,
  SpentPart,
} from '../../src/ledger/command';
import { add, spend } from './commands';

type Dates = Pick<AddTransaction, 'availableFrom' | 'expiresAt'>;

type Choices = Pick<SpendPoints, 'payers' | 'upTo'>;

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

/** Spends points of some payers, or as many as there are. */
export function spendOf(points: number, choices: Choices): SpendPoints {
  return { ...spend(points), ...choices };
}

export function hold(points: number, expiresAt: number, choices: Choices = {}): HoldPoints {
  return { kind: 'holdPoints', points, expiresAt, ...choices, ...noExtras };
}

export function capture(
  target: number | null,
  points: number | null = null,
  keepRest = false,
): CaptureHold {
  return { kind: 'captureHold', target, points, keepRest, ...noExtras };
}

export function release(target: number | null): ReleaseHold {
  return { kind: 'releaseHold', target, ...noExtras };
}
