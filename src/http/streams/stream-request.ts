import type { DocumentNode } from 'graphql';

/** Marks a request whose client can receive a stream of results. */
export interface StreamRequest {
  /** True if only subscriptions are allowed over this transport. */
  readonly only: boolean;
  /** The subscription, once it is validated; null for any other operation. */
  document: DocumentNode | null;
}

export function streamRequest(only: boolean): StreamRequest {
  return { only, document: null };
}
