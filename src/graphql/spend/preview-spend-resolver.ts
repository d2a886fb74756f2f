import { Arg, Query, Resolver } from 'type-graphql';
import { invariant } from '../../ledger/invariant';
import { previewSpend } from '../../ledger/preview';
import type { LedgerService } from '../../service/ledger-service';
import { PreviewSpendInput } from './preview-spend-input';
import { presentPreview, SpendPreview } from './spend-preview';

@Resolver()
export class PreviewSpendResolver {
  constructor(private readonly service: LedgerService) {}

  @Query(() => SpendPreview, {
    description: 'What spendPoints would take now, lot by lot. Changes nothing.',
  })
  async previewSpend(
    @Arg('input', () => PreviewSpendInput, { description: 'The spend to look at.' })
    { accountId, points }: PreviewSpendInput,
  ): Promise<SpendPreview> {
    const [result] = await this.service.run([
      { accountId, commands: [], view: (account) => previewSpend(accountId, account, points) },
    ]);
    invariant(result !== undefined, 'a preview has no result');
    return presentPreview(accountId, result.view);
  }
}
