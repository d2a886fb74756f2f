/**
 * Values that come one after another. Unlike a generator's, `return` ends it at once, also while
 * `next` waits for something that may never happen.
 */
export interface Stream<Value> extends AsyncIterableIterator<Value, undefined> {
  return(): Promise<IteratorResult<Value, undefined>>;
}

interface Source<Value> {
  next(): Promise<IteratorResult<Value, undefined>>;
  return(): Promise<IteratorResult<Value, undefined>>;
}

const over = { done: true, value: undefined } as const;

/** A stream of what a source's values are made into; an error ends both. */
export function mapStream<From, To>(
  source: Source<From>,
  map: (value: From) => Promise<To>,
): Stream<To> {
  return {
    async next() {
      const { done, value } = await source.next();
      if (done) return over;
      try {
        return { done: false, value: await map(value) };
      } catch (error) {
        await source.return();
        throw error;
      }
    },
    async return() {
      await source.return();
      return over;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
