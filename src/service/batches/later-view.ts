import { setImmediate as nextIteration } from 'node:timers/promises';
import type { Undo } from '../../ledger/evolve';
import { toError } from '../journal-fault';
import type { ResidentAccount } from '../residents/resident-account';
import { TooMuchDue } from '../service-error';
import type { PendingJob } from './pending-job';

/** Rows per iteration of the event loop. */
const rowsPerStep = 250;

/**
 * Resolves a job with the account at a later instant, in steps between which other accounts are
 * served, and restores the account. Never rejects: the job does. The account must be occupied, and
 * what is due now must be processed.
 * @param rowsMax the rows past which the job is rejected with `TooMuchDue`.
 */
export async function showLater(
  resident: ResidentAccount,
  { job, resolve, reject }: PendingJob,
  rowsMax: number,
): Promise<void> {
  const undos: Undo[] = [];
  try {
    await processUntil(resident, job.at!, rowsMax, undos);
    resolve({ outcomes: [], view: job.view(resident.account) });
  } catch (error) {
    reject(toError(error));
  }
  if (resident.fault !== null) return;
  for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
    undo();
    await nextIteration();
  }
}

async function processUntil(
  resident: ResidentAccount,
  at: number,
  rowsMax: number,
  undos: Undo[],
): Promise<void> {
  let rows = 0;
  while (resident.account.nextDue <= at) {
    if (rows === rowsMax) throw new TooMuchDue(rowsMax);
    const step = resident.processUntil(at, Math.min(rowsPerStep, rowsMax - rows));
    rows += step.rows.length;
    undos.push(step.undo);
    await nextIteration();
  }
}
