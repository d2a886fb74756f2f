import { Arg, Query, Resolver } from 'type-graphql';
import type { Account as LedgerAccount } from '../../ledger/account';
import { invariant } from '../../ledger/invariant';
import { type SpendPreview as LedgerPreview, previewSpend } from '../../ledger/preview';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { readAt } from '../account/read-at';
import { errorAsValue, throwIfError } from '../bad-user-input';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { choicesOf } from './payer-choice';
import { PreviewSpendInput } from './preview-spend-input';
import { presentPreview, SpendPreview } from './spend-preview';

@Resolver()
export class PreviewSpendResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:spend', ({ input }: { input: PreviewSpendInput }) => [input.accountId]))
  @Query(() => SpendPreview, {
    description: 'What spendPoints would take now, lot by lot. Changes nothing.',
  })
  async previewSpend(
    @Arg('input', () => PreviewSpendInput, { description: 'The spend to preview.' })
    { accountId, points, at, ...chosen }: PreviewSpendInput,
    @Budget() budget: ResponseBudget,
  ): Promise<SpendPreview> {
    const view = (account: LedgerAccount | null) =>
      errorAsValue(() =>
        budget.take(
          () => previewSpend(accountId, account, points, choicesOf(chosen)),
          allocationsOf,
        ),
      );
    const [result] = await this.service.run([{ ...readAt(accountId, at), view }]);
    invariant(result !== undefined, 'a preview has no result');
    return presentPreview(accountId, throwIfError(result.view));
  }
}

function allocationsOf(preview: LedgerPreview): number {
  return preview.kind === 'accepted' ? preview.allocations.length : 0;
}
