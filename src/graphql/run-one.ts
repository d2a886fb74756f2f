import type { Principal } from '../auth/principal';
import type { Account as LedgerAccount } from '../ledger/account';
import type { Command } from '../ledger/command';
import { invariant } from '../ledger/invariant';
import type { LedgerService, Outcome } from '../service/ledger-service';
import type { Account } from './account/account';

/** Runs one command of a sender and reads its account directly after it. */
export async function runOne(
  service: LedgerService,
  accountId: string,
  command: Command,
  view: (account: LedgerAccount | null) => Account | null,
  sender: Principal | null,
): Promise<{ readonly outcome: Outcome; readonly account: Account | null }> {
  const [result] = await service.run([
    { accountId, commands: [command], view, actor: sender?.name },
  ]);
  const outcome = result?.outcomes[0];
  invariant(result !== undefined && outcome !== undefined, 'a command has no outcome');
  return { outcome, account: result.view };
}
