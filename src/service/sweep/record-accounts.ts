import { asServiceError } from '../journal-fault';
import type { LedgerService } from '../ledger-service';
import { Overloaded, ServiceUnavailable } from '../service-error';

/** Accounts that are recorded at a time: few, so that requests of clients come between. */
const accountsAtOnce = 16;

export type Runs = Pick<LedgerService, 'run'>;

/** Records what is due in one account. */
export async function recordDue(service: Runs, accountId: string): Promise<void> {
  await service.run([{ accountId, commands: [], records: true, view: () => null }]);
}

/**
 * Calls `record` for accounts, a few at a time. Returns for each the error, or null.
 * @param mayGoOn called before each few; if it returns false, the rest is left out.
 * @throws ServiceUnavailable or Overloaded if the store or the server serves nobody now.
 */
export async function recordAccounts(
  accountIds: readonly string[],
  record: (accountId: string) => Promise<void>,
  mayGoOn: () => boolean,
): Promise<(Error | null)[]> {
  const results: (Error | null)[] = [];
  for (let from = 0; from < accountIds.length && mayGoOn(); from += accountsAtOnce) {
    const some = accountIds.slice(from, from + accountsAtOnce);
    const errors = await Promise.all(
      some.map((accountId) => record(accountId).then(() => null, asServiceError)),
    );
    if (errors.every(isOfAll)) throw errors[0];
    results.push(...errors);
  }
  return results;
}

function isOfAll(error: Error | null): boolean {
  return error instanceof ServiceUnavailable || error instanceof Overloaded;
}
