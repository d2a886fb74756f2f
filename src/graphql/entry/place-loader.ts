import DataLoader from 'dataloader';

export interface Place {
  readonly accountId: string;
  readonly sequence: number;
}

/**
 * Reads something for places of entries: what is requested in one tick is read in one batch, each
 * place once. The cache lasts only for that tick, so that one loader can serve many requests.
 */
export class PlaceLoader<Found> {
  readonly #loader: DataLoader<Place, Found, string>;

  /** @param placesMax the most places of one batch. */
  constructor(
    read: (places: readonly Place[]) => Promise<readonly (Found | Error)[]>,
    placesMax: number,
  ) {
    this.#loader = new DataLoader(read, {
      maxBatchSize: placesMax,
      cacheKeyFn: ({ accountId, sequence }) => `${sequence} ${accountId}`,
      batchScheduleFn: (dispatch) => queueMicrotask(() => this.#dispatch(dispatch)),
    });
  }

  /** Rejects with what `read` rejects with, or returns as an error for this place. */
  load(accountId: string, sequence: number): Promise<Found> {
    return this.#loader.load({ accountId, sequence });
  }

  #dispatch(dispatch: () => void): void {
    this.#loader.clearAll();
    dispatch();
  }
}

/**
 * Returns the error if a place does not hold what it should: other places of the batch belong to
 * other fields or requests.
 */
export function resultOrError<Found>(find: () => Found): Found | Error {
  try {
    return find();
  } catch (error) {
    return error as Error;
  }
}
