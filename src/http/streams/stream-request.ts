import type { DocumentNode } from 'graphql';

/** What the transport of a request carries: a WebSocket carries no queries and mutations. */
type Carried = 'all operations' | 'subscriptions';

/** Marks a request whose client can receive a stream of results. */
export interface StreamRequest {
  readonly carried: Carried;
  /** The subscription, once it is validated; null for any other operation. */
  document: DocumentNode | null;
}

export function streamRequest(carried: Carried): StreamRequest {
  return { carried, document: null };
}
