import { Arg, Query, Resolver } from 'type-graphql';
import { decodeEntryId } from '../../ids/entry-id';
import type { LedgerService } from '../../service/ledger-service';
import { Access, rule } from '../access/rule';
import { Budget } from '../budget';
import type { ResponseBudget } from '../response-budget';
import { ID } from '../scalars/id';
import { Entry } from './entry';
import { presentEntry } from './present-entry';
import { readEntries } from './read-entries';

@Resolver()
export class EntryResolver {
  constructor(private readonly service: LedgerService) {}

  @Access(rule('points:read', ({ id }: { id: string }) => [decodeEntryId(id)?.accountId ?? null]))
  @Query(() => Entry, {
    nullable: true,
    description: 'One accepted change by its id; null if no entry has this id.',
  })
  async entry(
    @Arg('id', () => ID, { description: 'The id of an entry of any kind.' }) id: string,
    @Budget() budget: ResponseBudget,
  ): Promise<Entry | null> {
    const wanted = decodeEntryId(id);
    if (wanted === null) return null;
    const { accountId, sequence } = wanted;
    const places = [{ accountId, sequence }];
    const [entry] = await readEntries(budget, () => this.service.entriesAt(places));
    // An entry of another history may have the same sequence: the journal's own id differs.
    return entry?.id === wanted.id ? presentEntry(entry) : null;
  }
}
