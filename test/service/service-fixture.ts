import type { Journal } from '../../src/journal/journal';
import type { Account } from '../../src/ledger/account';
import type { AddTransaction, Command, SpendPoints } from '../../src/ledger/command';
import type { PayerPoints } from '../../src/ledger/entry';
import {
  BatchingLedgerService,
  type LedgerServiceOptions,
} from '../../src/service/batching-ledger-service';
import type { JobResult, LedgerService, Outcome } from '../../src/service/ledger-service';
import { silentLogger } from '../../src/telemetry/logger';

/** What a test reads of an account: everything that a client could. */
export interface AccountView {
  readonly sequence: number;
  readonly points: number;
  readonly balances: readonly PayerPoints[];
}

/** However long a machine holds up a test, no request is late unless the test says when. */
const longWaitMs = 60_000;

/** Makes a service with a fixed clock, counted ids and waits that take no time. */
export function serviceOn(
  journal: Journal,
  options: Partial<LedgerServiceOptions> = {},
): BatchingLedgerService {
  return new BatchingLedgerService({
    journal,
    logger: silentLogger,
    now: () => 1_700_000_000_000,
    wait: () => Promise.resolve(),
    ...options,
    limits: { waitMsMax: longWaitMs, ...options.limits },
  });
}

/**
 * Stops the service's own clock: a wait that a service made afterwards bounds ends only by
 * `jest.advanceTimersByTime`, however long the machine holds up the test.
 */
export function stopWaits(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'clearImmediate',
      'clearTimeout',
      'hrtime',
      'nextTick',
      'queueMicrotask',
      'setImmediate',
      'setTimeout',
    ],
  });
}

export function view(account: Account | null): AccountView | null {
  if (account === null) return null;
  return { sequence: account.sequence, points: account.points, balances: account.balances() };
}

export function add(
  points: number,
  {
    payer = 'A',
    timestamp = 1,
    reference = null as string | null,
    key = null as string | null,
  } = {},
): AddTransaction {
  return { kind: 'addTransaction', payer, points, timestamp, reference, idempotencyKey: key };
}

export function spend(points: number, key: string | null = null): SpendPoints {
  return { kind: 'spendPoints', points, reference: null, idempotencyKey: key };
}

export async function run(
  service: LedgerService,
  accountId: string,
  ...commands: Command[]
): Promise<JobResult<AccountView | null>> {
  const [result] = await service.run([{ accountId, commands, view }]);
  return result;
}

export async function read(service: LedgerService, accountId: string): Promise<AccountView | null> {
  return (await run(service, accountId)).view;
}

/** Returns the kinds of outcomes, or the codes of refusals. */
export function kinds(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) =>
    outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind,
  );
}
