import type { Session } from '../auth/session';
import type { LedgerContext } from '../graphql/context';
import type { StreamRequest } from './streams/stream-request';

/** The context of an operation: that of the resolvers, and what plugins report about it. */
export interface RequestContext extends LedgerContext {
  /** Of the principal. Long responses check it again. */
  readonly session: Session;
  /**
   * What the log says about the request. A plugin sets it. Apollo Server copies the context, so the
   * note is an object of its own.
   */
  readonly note: { operationName: string | null };
  /** Null if the client cannot receive a stream of results. */
  readonly stream: StreamRequest | null;
}
