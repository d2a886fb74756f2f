import type { LedgerService } from '../../src/service/ledger-service';
import { type AccountAdd, someAdd } from '../support/ledger-traffic';

export interface Burst {
  readonly rowsPerSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Runs so many callers for a time; each adds, waits for the result, and adds again. */
export async function callFor(
  service: LedgerService,
  callers: number,
  milliseconds: number,
): Promise<Burst> {
  const latenciesMs: number[] = [];
  // Made beforehand, so that the callers take little of the time.
  const adds = Array.from({ length: 20_000 }, () => someAdd());
  const start = performance.now();
  const call = async () => {
    for (let before = start; before - start < milliseconds; ) {
      await addOne(service, adds[latenciesMs.length % adds.length]);
      const after = performance.now();
      latenciesMs.push(after - before);
      before = after;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return {
    rowsPerSecond: latenciesMs.length / ((performance.now() - start) / 1_000),
    latenciesMs,
  };
}

async function addOne(service: LedgerService, { accountId, command }: AccountAdd): Promise<void> {
  const [result] = await service.run([
    { accountId, commands: [command], view: (account) => account?.points },
  ]);
  if (result.outcomes[0].kind !== 'accepted') throw new Error('An add was not accepted.');
}
