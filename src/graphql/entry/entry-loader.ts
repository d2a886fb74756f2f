import type { Entry } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import type { LedgerService } from '../../service/ledger-service';
import type { ResponseBudget } from '../response-budget';
import type { Hold } from './hold';
import { PlaceLoader, resultOrError } from './place-loader';
import { presentHold, presentSpend, presentTransaction } from './present-entry';
import { readEntries } from './read-entries';
import type { Spend } from './spend';
import type { Transaction } from './transaction';

/** The most places that one read requests from the journal, of entries without lists. */
const placesMax = 1_000;

/** The same of entries that may name any number of lots: as many as the largest page has. */
const spendsMax = 100;

interface SpendLoaders {
  readonly spends: PlaceLoader<Spend>;
  readonly holds: PlaceLoader<Hold>;
  readonly reversed: PlaceLoader<number>;
}

/** Reads the entries that others name, and how much of an entry is reversed. */
export class EntryLoader {
  readonly #transactions: PlaceLoader<Transaction>;
  readonly #reversed: PlaceLoader<number>;
  /** Those of each response, by its budget. */
  readonly #ofResponses = new WeakMap<ResponseBudget, SpendLoaders>();

  constructor(private readonly service: LedgerService) {
    this.#transactions = new PlaceLoader(async (places) => {
      const entries = await service.entriesAt(places);
      return entries.map((entry) => resultOrError(() => presentTransaction(existing(entry))));
    }, placesMax);
    this.#reversed = new PlaceLoader(
      async (places) => (await service.newestNaming(places)).map(reversedBy),
      placesMax,
    );
  }

  /** Rejects with the service's error if the read fails, and if the place holds no transaction. */
  transaction(accountId: string, sequence: number): Promise<Transaction> {
    return this.#transactions.load(accountId, sequence);
  }

  /** Returns the points of a transaction that are reversed so far. */
  reversedOfTransaction(accountId: string, sequence: number): Promise<number> {
    return this.#reversed.load(accountId, sequence);
  }

  /** Rejects as `transaction` does, and with BAD_USER_INPUT if spends exceed the budget. */
  spend(budget: ResponseBudget, accountId: string, sequence: number): Promise<Spend> {
    return this.#of(budget).spends.load(accountId, sequence);
  }

  /** Rejects as `spend` does. */
  hold(budget: ResponseBudget, accountId: string, sequence: number): Promise<Hold> {
    return this.#of(budget).holds.load(accountId, sequence);
  }

  /** Returns the points of a spend that are reversed so far; rejects as `spend` does. */
  reversedOfSpend(budget: ResponseBudget, accountId: string, sequence: number): Promise<number> {
    return this.#of(budget).reversed.load(accountId, sequence);
  }

  /**
   * Spends, and their reversals, include all their allocations, and their number is known only once
   * they are read. They have budgets of their own: a page of the history may use up that of the
   * lists, and what its entries name can be read nevertheless.
   */
  #of(budget: ResponseBudget): SpendLoaders {
    const known = this.#ofResponses.get(budget);
    if (known !== undefined) return known;
    const [ofSpends, ofHolds, ofReversals] = [budget.fresh(), budget.fresh(), budget.fresh()];
    const loaders = {
      spends: new PlaceLoader(async (places) => {
        const entries = await readEntries(ofSpends, () => this.service.entriesAt(places));
        return entries.map((entry) => resultOrError(() => presentSpend(existing(entry))));
      }, spendsMax),
      holds: new PlaceLoader(async (places) => {
        const entries = await readEntries(ofHolds, () => this.service.entriesAt(places));
        return entries.map((entry) => resultOrError(() => presentHold(existing(entry))));
      }, spendsMax),
      reversed: new PlaceLoader(async (places) => {
        const newest = await readEntries(ofReversals, () => this.service.newestNaming(places));
        return newest.map(reversedBy);
      }, spendsMax),
    };
    this.#ofResponses.set(budget, loaders);
    return loaders;
  }
}

function existing(entry: Entry | null): Entry {
  invariant(entry !== null, 'an account has no entry of a sequence that another entry names');
  return entry;
}

/** Returns the running total of reversals, which the newest one carries. */
function reversedBy(newest: Entry | null): number | Error {
  return resultOrError(() => {
    if (newest === null) return 0;
    invariant('total' in newest, `entry ${newest.id} reverses nothing`);
    return newest.total;
  });
}
