import { randomUUID } from 'node:crypto';
import type { AddTransaction } from '../../src/ledger/command';
import { seededRandom } from './random';

/** The number of accounts unless stated otherwise. */
const defaultAccounts = 1_000;
const payersPerAccount = 3;
const payers = 50;
const firstTimestamp = 1_600_000_000_000;
const yearMilliseconds = 31_536_000_000;

const random = seededRandom();

/** The rows of an import: the number of accounts, and the kind of idempotency keys. */
export interface RowKind {
  readonly accounts: number;
  readonly keys: Keys;
}

type Keys = 'none' | 'numbered' | 'random';

export function describeKeys(keys: Keys): string {
  return keys === 'none' ? 'no keys' : `${keys} keys`;
}

let rowNumber = 0;

/** Returns a key that no row of this process has had. */
export function nextKey(keys: Keys): string | null {
  if (keys === 'none') return null;
  if (keys === 'random') return randomUUID();
  rowNumber += 1;
  return `import-${process.pid}.csv:${String(rowNumber).padStart(9, '0')}`;
}

export interface AccountAdd {
  readonly accountId: string;
  readonly command: AddTransaction;
}

/**
 * Makes grants as an API gets them: many members, three payers each, earned at any time of a year.
 */
export function someAdd(accounts = defaultAccounts): AccountAdd {
  const account = Math.floor(random() * accounts);
  const payer = (account + Math.floor(random() * payersPerAccount)) % payers;
  return {
    accountId: accountIdOf(account),
    command: {
      kind: 'addTransaction',
      payer: `payer ${payer}`,
      points: 1 + Math.floor(random() * 1_000),
      timestamp: firstTimestamp + Math.floor(random() * yearMilliseconds),
      reference: null,
      idempotencyKey: null,
    },
  };
}

export function someAccountId(): string {
  return accountIdOf(Math.floor(random() * defaultAccounts));
}

function accountIdOf(account: number): string {
  return `account-${account}`;
}
