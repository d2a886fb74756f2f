import type { Entry } from '../../src/ledger/entry';

/** A refusal's code and figure. */
export interface LifeRefusal {
  readonly code: string;
  readonly payer?: string;
  readonly requested?: number;
  readonly available?: number;
  readonly held?: number;
  readonly reversible?: number;
  readonly unspent?: number;
}

/** What an entry is made of, apart from what all entries have. */
export type Content = Record<string, unknown> & { kind: Entry['kind'] };
export type Outcome = Content | LifeRefusal;
