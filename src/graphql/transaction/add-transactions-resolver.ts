import { Arg, Mutation, Resolver } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { accountSelection } from '../account/account-selection';
import { copyAccount } from '../account/copy-account';
import { badUserInput } from '../bad-user-input';
import { Call, type CommandCall } from '../run-one';
import type { AddTransactionInput } from './add-transaction-input';
import { AddTransactionsInput } from './add-transactions-input';
import { AddTransactionsPayload } from './add-transactions-payload';
import { groupRows, presentRows } from './bulk-rows';

/** The most rows of one call, which are decided and written as one batch. */
const rowsMax = 1_000;

@Resolver()
export class AddTransactionsResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:write', accountsOfRows))
  @Mutation(() => AddTransactionsPayload, {
    nullable: true,
    description:
      'Adds up to 1,000 transactions to any accounts. Rows are independent: a refused row changes ' +
      'nothing, and the others are added. Results are in the order of the rows; without rows there ' +
      'are none. An invalid Points or DateTime value, or more than 1,000 rows, refuses the whole ' +
      'call: nothing is added, and the message names the row. Null only together with a top-level ' +
      'error at its path.',
  })
  async addTransactions(
    @Arg('input', () => AddTransactionsInput, { description: 'The transactions.' })
    { transactions }: AddTransactionsInput,
    @Call() { info, budget, sender }: CommandCall,
  ): Promise<AddTransactionsPayload> {
    checkRows(transactions);
    // A call whose results exceed the budget is refused here, before anything is added.
    budget.charge(transactions.length, info);
    const view = copyAccount(accountSelection(info, ['results', 'account']), budget);
    const groups = groupRows(transactions);
    if (groups.length === 0) return { results: [] };
    const jobs = groups.map(({ accountId, commands }) => ({
      accountId,
      commands,
      view,
      actor: sender?.name,
    }));
    return { results: presentRows(groups, await this.service.run(jobs), transactions.length) };
  }
}

function* accountsOfRows({ input }: { input: AddTransactionsInput }): Generator<string> {
  for (const { accountId } of input.transactions) yield accountId;
}

function checkRows(rows: readonly AddTransactionInput[]): void {
  if (rows.length <= rowsMax) return;
  throw badUserInput(
    `transactions holds ${rows.length} rows and may hold ${rowsMax}; transactions[${rowsMax}] is ` +
      'the first row over the limit. Nothing was added.',
  );
}
