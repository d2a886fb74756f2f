import { bucketHeaders, type Variables } from './operation-bucket';

/** What the link uses of an operation of Apollo Client. */
interface Operation {
  readonly variables: Variables;
  setContext(update: (context: Context) => Context): void;
}

interface Context {
  readonly headers?: unknown;
}

/**
 * Returns an Apollo link that sets the header `X-Ledger-Bucket`; it goes before the HttpLink:
 * `bucketLink(ApolloLink).concat(new HttpLink({ uri }))`. The class is a parameter so that the
 * link belongs to the caller's copy of Apollo Client, and none is needed to load this module.
 */
export function bucketLink<Sent extends Operation, Response, Link>(
  ApolloLink: new (
    request: (operation: Sent, forward: (operation: Sent) => Response) => Response,
  ) => Link,
): Link {
  return new ApolloLink((operation, forward) => {
    const added = bucketHeaders(operation.variables);
    operation.setContext(({ headers }) => ({ headers: { ...(headers as object), ...added } }));
    return forward(operation);
  });
}
