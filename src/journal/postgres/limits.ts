/**
 * Limits of the PostgreSQL adapter. Every wait is bounded by the client: a server that does not
 * respond cannot enforce a timeout, and the server's own timeouts do not bound the wait for a
 * standby.
 */
export interface PostgresLimits {
  /**
   * Connections for the service's batches: each of the two in flight uses one, and one more of each
   * may still be committing.
   */
  readonly batchConnectionsMax: number;
  /** Connections for everything else: pages, loading, snapshots, turns. */
  readonly otherConnectionsMax: number;
  /** Timeout for making a connection, in milliseconds. */
  readonly connectMsMax: number;
  /** Timeout for a call, connecting included, in milliseconds. */
  readonly callMsMax: number;
  /** Timeout for an upgrade of the tables, in milliseconds: each new index reads all entries. */
  readonly upgradeMsMax: number;
  /** Timeout for a lock of another transaction, in milliseconds; shorter than a call's. */
  readonly lockMsMax: number;
  /** After which the server ends a turn whose client has vanished, in milliseconds. */
  readonly turnIdleMsMax: number;
  /** After which an idle connection is closed, in milliseconds. */
  readonly idleMsMax: number;
}

export const postgresLimits: PostgresLimits = {
  batchConnectionsMax: 4,
  otherConnectionsMax: 4,
  connectMsMax: 2_000,
  callMsMax: 4_000,
  upgradeMsMax: 3_600_000,
  lockMsMax: 3_000,
  turnIdleMsMax: 2_000,
  idleMsMax: 30_000,
};
