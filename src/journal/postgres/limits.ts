/**
 * Bounds of the PostgreSQL adapter. Every wait is bounded here, on this side: a server cannot be
 * trusted to end a wait when it is what does not answer, and its own timeouts do not bound the wait
 * for a standby.
 */
export interface PostgresLimits {
  /** Connections for the batches of the service: one is at work, one may still be in a commit. */
  readonly batchConnectionsMax: number;
  /** Connections for everything else: pages, loading, snapshots, turns. */
  readonly otherConnectionsMax: number;
  /** For a connection to be made, in milliseconds. */
  readonly connectMsMax: number;
  /** For a call to be answered, connecting included, in milliseconds. */
  readonly answerMsMax: number;
  /** For another transaction to get out of the way, in milliseconds; shorter than an answer. */
  readonly lockMsMax: number;
  /** After which the server gives up a turn whose client has vanished, in milliseconds. */
  readonly turnIdleMsMax: number;
  /** After which a connection without work is closed, in milliseconds. */
  readonly idleMsMax: number;
}

export const postgresLimits: PostgresLimits = {
  batchConnectionsMax: 2,
  otherConnectionsMax: 4,
  connectMsMax: 2_000,
  answerMsMax: 4_000,
  lockMsMax: 3_000,
  turnIdleMsMax: 2_000,
  idleMsMax: 30_000,
};
