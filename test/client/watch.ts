import { setTimeout as pause } from 'node:timers/promises';
import type { ObservableQuery, OperationVariables } from '@apollo/client';

interface Watched<Data, Variables extends OperationVariables> {
  readonly query: ObservableQuery<Data, Variables>;
  /** What a component would show now. */
  shown(): Data;
  /** Waits until `shown` satisfies a condition; Apollo Client notifies watchers asynchronously. */
  shows(isThere: (data: Data) => boolean): Promise<Data>;
  stop(): void;
}

/** Watches a query as a component does; resolves when there is data to show. */
export async function watch<Data, Variables extends OperationVariables>(
  query: ObservableQuery<Data, Variables>,
): Promise<Watched<Data, Variables>> {
  let stop = () => {};
  await new Promise<void>((resolve) => {
    const watching = query.subscribe(({ loading }) => loading || resolve());
    stop = () => watching.unsubscribe();
  });
  const shown = () => {
    const result = query.getCurrentResult();
    if (result.dataState === 'complete') return result.data as Data;
    throw new Error(`nothing whole to show: ${result.error}`);
  };
  const shows = async (isThere: (data: Data) => boolean) => {
    await until(() => isThere(shown()));
    return shown();
  };
  return { query, shown, shows, stop };
}

const patienceMs = 30_000;

/** Throws after a timeout, so that a failing test ends. */
export async function until(isTrue: () => boolean, msMax = patienceMs): Promise<void> {
  for (const begun = Date.now(); !isTrue(); await pause(5)) {
    if (Date.now() - begun > msMax) throw new Error(`timeout: ${isTrue}`);
  }
}
