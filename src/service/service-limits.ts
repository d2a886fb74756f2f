/** Bounds of the service. Each protects memory or the length of one write. */
export interface ServiceLimits {
  /**
   * Commands and jobs decided in one batch; a single request is never split, so that it is one
   * batch.
   */
  readonly batchRowsMax: number;
  /** Iterations of the event loop for which a batch waits while each brings more requests. */
  readonly gatherIterationsMax: number;
  /**
   * How long a batch waits for more requests, in milliseconds, if it begins with those that lost a
   * race.
   */
  readonly returnedWaitMs: number;
  /**
   * How long a batch of a shared store is in flight at least before a second one may start, in
   * milliseconds.
   */
  readonly secondBatchMsMin: number;
  /** Text of the entries of one batch, in UTF-16 code units. */
  readonly batchLengthMax: number;
  /** Commands and jobs that may wait; past it a request is refused at once. */
  readonly queueRowsMax: number;
  /**
   * Lots kept in memory, payers and accounts counted as several; the least recently used accounts
   * go first.
   */
  readonly residentWeightMax: number;
  /**
   * Entries since the last snapshot below which none is stored: replaying so few is as fast as
   * reading one.
   */
  readonly snapshotEntriesMin: number;
  /**
   * Entries that one catch-up read holds over all accounts of a batch. Accounts further behind are
   * loaded on their own, page by page, so that the others do not wait for them.
   */
  readonly catchUpEntriesMax: number;
  /** Accounts loaded at a time. */
  readonly loadsMax: number;
  /**
   * Reads of the journal in a row that found nothing of others, after which an account is decided
   * on as it is in memory, and the append proves that it was current. At least 1.
   */
  readonly quietReadsMin: number;
  /**
   * Races that an account may lose in a row to other processes before it is served alone, see
   * `exclusive-turn.ts`.
   */
  readonly lostRacesMax: number;
  /**
   * Accounts that are served alone at a time, fewer than the journal has connections: each may
   * wait for other processes.
   */
  readonly turnsMax: number;
  /** Accounts at a time of which more is recorded than one entry holds. */
  readonly lapsesMax: number;
  /** Rows that may lapse until an instant at which an account is shown. */
  readonly previewRowsMax: number;
  /**
   * How long a request may wait for its batch, in milliseconds, if the store is away or the server
   * overloaded. It is then rejected, and nothing was changed.
   */
  readonly waitMsMax: number;
  /**
   * How long an append of unknown outcome is retried before the request is rejected, in
   * milliseconds.
   */
  readonly settleMsMax: number;
  /**
   * Time between a failed write and a trial write, and between two trial writes, in milliseconds.
   */
  readonly trialMs: number;
  /** Time between two polls for entries of other processes in the accounts that are followed. */
  readonly pollMs: number;
  /** How long the store may be away before subscribers are notified, in milliseconds. */
  readonly followAwayMsMax: number;
  /** Rows of the copies of accounts that wait for their entries to be sent. */
  readonly followViewRowsMax: number;
}

export const serviceLimits: ServiceLimits = {
  batchRowsMax: 2_000,
  gatherIterationsMax: 16,
  returnedWaitMs: 2,
  secondBatchMsMin: 4,
  batchLengthMax: 4 * 1024 * 1024,
  queueRowsMax: 100_000,
  residentWeightMax: 4_000_000,
  snapshotEntriesMin: 256,
  catchUpEntriesMax: 10_000,
  loadsMax: 4,
  quietReadsMin: 4,
  lostRacesMax: 2,
  turnsMax: 2,
  lapsesMax: 2,
  previewRowsMax: 10_000,
  waitMsMax: 5_000,
  settleMsMax: 10_000,
  trialMs: 1_000,
  pollMs: 500,
  followAwayMsMax: 60_000,
  followViewRowsMax: 200_000,
};
