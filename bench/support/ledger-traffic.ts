import type { AddTransaction } from '../../src/ledger/command';
import { seededRandom } from './random';

/** How many members take part where nothing else is said. */
const defaultAccounts = 1_000;
const payersPerAccount = 3;
const payers = 50;
const firstTimestamp = 1_600_000_000_000;
const yearMilliseconds = 31_536_000_000;

const random = seededRandom();

export interface AccountAdd {
  readonly accountId: string;
  readonly command: AddTransaction;
}

/** Grants as an API gets them: many members, three payers each, earned at any time of a year. */
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
