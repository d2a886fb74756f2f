import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { LedgerService } from '../../service/ledger-service';
import { EntryConnection } from '../entry/entry-connection';
import { presentEntry } from '../entry/present-entry';
import { historyCursor, lotCursor, readHistoryCursor } from '../page/cursor';
import { historyRange } from '../page/history-page';
import { PageArgs, readPageArgs } from '../page/page-args';
import { Account } from './account';
import { accountIdDescription, defaultAccountId } from './account-arg';
import { accountSelection, pageKey } from './account-selection';
import { copyAccount } from './copy-account';
import { Lot } from './lot';
import { LotConnection } from './lot-connection';

@Resolver(() => Account)
export class AccountResolver {
  constructor(private readonly service: LedgerService) {}

  @Query(() => Account, {
    nullable: true,
    description:
      'An account; null until a change of it was accepted, also for an id that could never be valid.',
  })
  async account(
    @Arg('id', () => ID, { defaultValue: defaultAccountId, description: accountIdDescription })
    accountId: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Account | null> {
    const view = copyAccount(accountSelection(info, []));
    const [result] = await this.service.run([{ accountId, commands: [], view }]);
    return result?.view ?? null;
  }

  @FieldResolver(() => LotConnection, {
    description:
      'Lots with points that are neither spent nor taken back, the next to be spent first.',
  })
  lots(@Root() account: Account, @Args(() => PageArgs) args: PageArgs): LotConnection {
    const { lots, hasPrevious, hasNext } = account.lotPage(pageKey(args));
    const nodes = lots.map((lot) => new Lot(account.id, lot));
    return new LotConnection({ nodes, hasPrevious, hasNext }, (lot) =>
      lotCursor(account.id, lot.key),
    );
  }

  /** Read after the state was copied and up to its sequence: entries below it never change. */
  @FieldResolver(() => EntryConnection, {
    description: 'Everything accepted for this account, the highest sequence first.',
  })
  async history(
    @Root() account: Account,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<EntryConnection> {
    const accountId = account.id;
    const page = readPageArgs(args, (cursor, name) => readHistoryCursor(accountId, cursor, name));
    const { from, to, hasPrevious, hasNext } = historyRange(page, account.sequence);
    const limit = to - from + 1;
    const range = { accountId, from, to, order: 'descending', limit } as const;
    const entries = limit > 0 ? await this.service.entries(range) : [];
    const nodes = entries.map(presentEntry);
    return new EntryConnection({ nodes, hasPrevious, hasNext }, (entry) =>
      historyCursor(accountId, entry.sequence),
    );
  }
}
