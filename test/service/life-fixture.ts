import type { Journal } from '../../src/journal/journal';
import type {
  AddTransaction,
  ReverseSpend,
  ReverseTransaction,
  SpentPart,
} from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import type {
  BatchingLedgerService,
  LedgerServiceOptions,
} from '../../src/service/batching-ledger-service';
import { add, serviceOn } from './service-fixture';

/** A service whose clock a test sets, in milliseconds since 1970 UTC. */
export class LifeService {
  now = 0;
  readonly service: BatchingLedgerService;

  constructor(journal: Journal, options: Partial<LedgerServiceOptions> = {}) {
    this.service = serviceOn(journal, { now: () => this.now, ...options });
  }

  /** Sets the clock. */
  at(now: number): BatchingLedgerService {
    this.now = now;
    return this.service;
  }
}

interface GrantOptions {
  readonly payer?: string;
  readonly timestamp?: number;
  readonly availableFrom?: number;
  readonly expiresAt?: number;
  readonly key?: string | null;
}

/** Returns a grant with dates. */
export function grant(points: number, options: GrantOptions = {}): AddTransaction {
  const { availableFrom, expiresAt } = options;
  return {
    ...add(points, options),
    ...(availableFrom === undefined ? {} : { availableFrom }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

export function reverseSpend(
  target: number | null,
  points: number | null = null,
  key: string | null = null,
): ReverseSpend {
  return { kind: 'reverseSpend', target, points, reference: null, idempotencyKey: key };
}

export function reverseTransaction(
  target: number | null,
  points: number | null = null,
  spentPart: SpentPart = 'REFUSE',
): ReverseTransaction {
  const common = { reference: null, idempotencyKey: null };
  return { kind: 'reverseTransaction', target, points, spentPart, ...common };
}

export async function historyOf(journal: Journal, accountId: string): Promise<Entry[]> {
  return journal.entries({ accountId, from: 1, to: 1e9, order: 'ascending', limit: 1e9 });
}

export async function kindsOf(journal: Journal, accountId: string): Promise<string[]> {
  return (await historyOf(journal, accountId)).map(({ kind }) => kind);
}
