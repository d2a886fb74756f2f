import type { LedgerContext } from '../graphql/context';

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
}
