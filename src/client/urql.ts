import { bucketHeaders, type Variables } from './operation-bucket';

/** What the exchange uses of an operation of urql. */
interface Operation {
  readonly variables: unknown;
  readonly context: { readonly fetchOptions?: FetchOptions };
}

type FetchOptions = RequestInit | (() => RequestInit);

/**
 * Returns a urql exchange that sets the header `X-Ledger-Bucket`; it goes before the fetchExchange:
 * `exchanges: [cacheExchange, bucketExchange(mapExchange), fetchExchange]`. `mapExchange` is
 * urql's; it is a parameter so that any package of urql will do, and none is needed to load this
 * module.
 */
export function bucketExchange<Sent extends Operation, Exchange>(
  mapExchange: (options: { onOperation: (operation: Sent) => Sent }) => Exchange,
): Exchange {
  return mapExchange({
    onOperation(operation) {
      const added = bucketHeaders(operation.variables as Variables);
      const { fetchOptions } = operation.context;
      return {
        ...operation,
        context: { ...operation.context, fetchOptions: () => withHeaders(fetchOptions, added) },
      };
    },
  });
}

function withHeaders(given: FetchOptions | undefined, added: Record<string, string>): RequestInit {
  const options = typeof given === 'function' ? given() : given;
  const headers = new Headers(options?.headers);
  return { ...options, headers: { ...Object.fromEntries(headers), ...added } };
}
