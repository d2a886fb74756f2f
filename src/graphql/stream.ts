/**
 * An asynchronous sequence of values. Unlike a generator's, its `return` ends it at once, also
 * while a call of `next` is pending.
 */
export interface Stream<Value> extends AsyncIterableIterator<Value, undefined> {
  return(): Promise<IteratorResult<Value, undefined>>;
}

interface Source<Value> {
  next(): Promise<IteratorResult<Value, undefined>>;
  return(): Promise<IteratorResult<Value, undefined>>;
}

const over = { done: true, value: undefined } as const;

/** Maps the values of a source; an error ends the stream and the source. */
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
