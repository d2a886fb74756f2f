import type { Entry } from '../../ledger/entry';
import { invariant } from '../../ledger/invariant';
import type { LedgerService } from '../../service/ledger-service';
import { presentTransaction } from './present-entry';
import type { Transaction } from './transaction';

/** A reader asks for places in batches of at most so many. */
export const placesMax = 1_000;

interface Place {
  readonly accountId: string;
  readonly sequence: number;
  readonly answer: (transaction: Transaction) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Reads the transactions that a list of lots or allocations asks for one by one: what is asked for
 * in one tick is read together, each place once. Keeps nothing, so one loader serves all requests.
 */
export class EntryLoader {
  #waiting: Place[] = [];
  #promises = new Map<string, Map<number, Promise<Transaction>>>();

  constructor(private readonly service: LedgerService) {}

  transaction(accountId: string, sequence: number): Promise<Transaction> {
    let ofAccount = this.#promises.get(accountId);
    if (ofAccount === undefined) {
      ofAccount = new Map();
      this.#promises.set(accountId, ofAccount);
    }
    let promise = ofAccount.get(sequence);
    if (promise === undefined) {
      promise = this.#enqueue(accountId, sequence);
      ofAccount.set(sequence, promise);
    }
    return promise;
  }

  #enqueue(accountId: string, sequence: number): Promise<Transaction> {
    if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
    return new Promise((answer, fail) => {
      this.#waiting.push({ accountId, sequence, answer, fail });
    });
  }

  #flush(): void {
    const places = this.#waiting;
    this.#waiting = [];
    this.#promises = new Map();
    for (let start = 0; start < places.length; start += placesMax) {
      void this.#read(places.slice(start, start + placesMax));
    }
  }

  async #read(places: readonly Place[]): Promise<void> {
    try {
      const wanted = places.map(({ accountId, sequence }) => ({ accountId, sequence }));
      const entries = await this.service.entriesAt(wanted);
      for (const [at, place] of places.entries()) settle(place, entries[at] ?? null);
    } catch (error) {
      for (const place of places) place.fail(error);
    }
  }
}

/** One place that is wrong fails alone: the others belong to other fields, or to other requests. */
function settle(place: Place, entry: Entry | null): void {
  try {
    invariant(entry !== null, `account ${place.accountId} has no entry ${place.sequence}`);
    place.answer(presentTransaction(entry));
  } catch (error) {
    place.fail(error);
  }
}
