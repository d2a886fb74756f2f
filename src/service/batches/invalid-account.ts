import { Account } from '../../ledger/account';
import { decide } from '../../ledger/decide';
import { toError } from '../journal-fault';
import type { PendingJob } from './pending-job';

/** Resolves a job on an account that can have no entries, as its id is not a valid text. */
export function resolveInvalidAccount({ job, resolve, reject }: PendingJob): void {
  try {
    const account = new Account(job.accountId);
    const given = { now: 0, id: '', keyed: null };
    const outcomes = job.commands.map((command) => decide(account, command, given));
    resolve({ outcomes, view: job.view(null) });
  } catch (error) {
    reject(toError(error));
  }
}
