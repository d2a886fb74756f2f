import type { GraphQLResolveInfo } from 'graphql';
import { createParameterDecorator } from 'type-graphql';
import type { Principal } from '../auth/principal';
import type { Command } from '../ledger/command';
import { invariant } from '../ledger/invariant';
import type { LedgerService, Outcome } from '../service/ledger-service';
import { principalOf } from './access/principal-of';
import type { Account } from './account/account';
import { accountSelection } from './account/account-selection';
import { copyAccount } from './account/copy-account';
import { budgetOf } from './budget';
import type { ResponseBudget } from './response-budget';

/** The field of an operation that sends commands: who sends it, and what its result may hold. */
export interface CommandCall {
  readonly info: GraphQLResolveInfo;
  readonly budget: ResponseBudget;
  readonly sender: Principal | null;
}

/** Passes the call of a mutation to its resolver. */
export function Call() {
  return createParameterDecorator(({ context, info }) => callOf(context, info));
}

export function callOf(context: unknown, info: GraphQLResolveInfo): CommandCall {
  return { info, budget: budgetOf(context, info), sender: principalOf(context) };
}

/** Runs one command, and reads what the payload selects of its account directly after it. */
export async function runOne(
  service: LedgerService,
  accountId: string,
  command: Command,
  { info, budget, sender }: CommandCall,
): Promise<{ readonly outcome: Outcome; readonly account: Account | null }> {
  const view = copyAccount(accountSelection(info, ['account']), budget);
  const [result] = await service.run([
    { accountId, commands: [command], view, actor: sender?.name },
  ]);
  const outcome = result?.outcomes[0];
  invariant(result !== undefined && outcome !== undefined, 'a command has no outcome');
  return { outcome, account: result.view };
}
