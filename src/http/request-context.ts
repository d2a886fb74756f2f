import type { LedgerContext } from '../graphql/context';
import type { StreamRequest } from './streams/stream-request';

/**
 * What an operation carries along: the context of resolvers, and a note for the request's line in
 * the log.
 */
export interface RequestContext extends LedgerContext {
  /**
   * Written by a plugin. Apollo Server copies the context, so the note must be an object of its
   * own.
   */
  readonly note: { operationName: string | null };
  /** Null where the sender cannot take an answer that comes bit by bit. */
  readonly stream: StreamRequest | null;
}
