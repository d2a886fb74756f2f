import type { JobResult } from '../ledger-service';
import { OutcomeUnknown } from '../service-error';

/**
 * Returns the results, or throws the first error: jobs fail together. If some were recorded before
 * a fault, callers must not assume that none was.
 */
export function allOrNone<View>(settled: readonly PromiseSettledResult<JobResult<View>>[]) {
  const results = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed === undefined) return results;
  const isRecorded = results.some(({ outcomes }) =>
    outcomes.some(({ kind }) => kind === 'accepted'),
  );
  if (!isRecorded) throw failed.reason;
  throw new OutcomeUnknown(
    'Only a part of the call could be recorded. Retry it with the same idempotency keys.',
    { cause: failed.reason },
  );
}
