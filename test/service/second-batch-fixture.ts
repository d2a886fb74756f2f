import { MemoryJournal } from '../../src/journal/memory/journal';
import type { LedgerService } from '../../src/service/ledger-service';
import type { ServiceLimits } from '../../src/service/service-limits';
import { ScriptedJournal } from '../journal/scripted-journal';
import { add, run, serviceOn } from './service-fixture';

/** A service over a store that other processes may write to; a second batch starts at once. */
export function start(limits: Partial<ServiceLimits> = {}, shared = true) {
  const store = new MemoryJournal({ shared });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal, { limits: { secondBatchMsMin: 0, ...limits } });
  return { store, journal, service };
}

/** Starts an append for the account that hangs, until the gate opens. */
export async function stuckOn(journal: ScriptedJournal, service: LedgerService, accountId: string) {
  const gate = journal.hold('append');
  const stuck = run(service, accountId, add(1));
  await gate.reached;
  return { gate, stuck };
}

/** Notes in which order requests are resolved. */
export function noted(order: string[], name: string, request: Promise<unknown>): Promise<unknown> {
  return request.then(() => order.push(name));
}
