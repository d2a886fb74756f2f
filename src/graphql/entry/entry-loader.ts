import DataLoader from 'dataloader';
import type { Entry } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import type { LedgerService } from '../../service/ledger-service';
import { presentTransaction } from './present-entry';
import type { Transaction } from './transaction';

/** The most places that one read asks the journal for. */
const placesMax = 1_000;

interface Place {
  readonly accountId: string;
  readonly sequence: number;
}

/**
 * Reads the transactions behind lots and allocations: those requested in one tick are read in one
 * batch, each place once. The cache lasts only for that tick, so one loader serves all requests.
 */
export class EntryLoader {
  readonly #loader: DataLoader<Place, Transaction, string>;

  constructor(private readonly service: LedgerService) {
    this.#loader = new DataLoader((places) => this.#read(places), {
      maxBatchSize: placesMax,
      cacheKeyFn: ({ accountId, sequence }) => `${sequence} ${accountId}`,
      batchScheduleFn: (dispatch) => queueMicrotask(() => this.#dispatch(dispatch)),
    });
  }

  /** Rejects with the service's error if the read fails, and if the place holds no transaction. */
  transaction(accountId: string, sequence: number): Promise<Transaction> {
    return this.#loader.load({ accountId, sequence });
  }

  #dispatch(dispatch: () => void): void {
    this.#loader.clearAll();
    dispatch();
  }

  async #read(places: readonly Place[]): Promise<(Transaction | Error)[]> {
    const entries = await this.service.entriesAt(places);
    return places.map((place, index) => transactionAt(place, entries[index] ?? null));
  }
}

/**
 * Returns the error if the place is wrong: other places of the batch belong to other fields or
 * requests.
 */
function transactionAt(place: Place, entry: Entry | null): Transaction | Error {
  try {
    invariant(entry !== null, `account ${place.accountId} has no entry ${place.sequence}`);
    return presentTransaction(entry);
  } catch (error) {
    return error as Error;
  }
}
