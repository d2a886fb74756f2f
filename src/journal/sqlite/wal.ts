import type { Logger } from '../../telemetry/logger';
import type { EntryPlace } from '../journal';
import { AppendOutcomeUnknown, JournalDamaged, JournalUnavailable } from '../journal-error';
import type { SqliteConnection } from './connection';
import { DatabaseWatch } from './database-watch';
import { checkingFiles, reasonOf } from './errors';
import { setAsideUnreadable } from './wal-files';
import { setAsideHarmful, WalRepair } from './wal-repair';
import type { Damage, Moved } from './wal-state';
import { WalWatch } from './wal-watch';

/** Bytes of the WAL before it is checkpointed: a page that changes often is then copied once. */
const checkpointBytes = 16 * 1024 * 1024;

/**
 * A WAL up to this length is written from its start again after a checkpoint, since a commit to a
 * growing file also has to sync its new length. A longer WAL is truncated.
 */
const reusedBytesMax = 2 * checkpointBytes;

/**
 * Checks, checkpoints and repairs the write-ahead log (WAL) of the file that one server owns. Only
 * a verified WAL is checkpointed.
 *
 * A WAL that was removed or replaced is created again: SQLite's handle still holds every row. One
 * that was truncated or overwritten is never used again: a checkpoint would copy missing frames.
 */
export class SqliteWal {
  private readonly database: DatabaseWatch;
  private watch: WalWatch;
  private repair: WalRepair | null = null;
  private obstacle: string | null = null;
  private damage: JournalDamaged | null = null;
  /** The first entry committed since the last checkpoint; null if there is none. */
  private firstEntry: EntryPlace | 'unknown' | null;

  /** Call it when the connection has opened the WAL. */
  constructor(
    private readonly connection: SqliteConnection,
    private readonly path: string,
    private readonly logger: Logger,
  ) {
    this.watch = new WalWatch(path);
    this.database = new DatabaseWatch(path);
    // Readers may have prevented the checkpoint at the start from truncating it.
    this.firstEntry = this.watch.hasCommits ? 'unknown' : null;
    if (!this.watch.hasCommits) this.start();
  }

  get isDamaged(): boolean {
    return this.damage !== null;
  }

  /**
   * @throws JournalDamaged if the WAL is known not to hold all that was committed,
   *   JournalUnavailable if it cannot be checked.
   */
  checkForReading(): void {
    this.checkFiles();
  }

  /**
   * Checks the WAL and repairs one that was removed or replaced.
   * @throws JournalDamaged as for reading, JournalUnavailable if a repair is not possible yet.
   */
  checkForWriting(): void {
    const moved = this.checkFiles();
    if (moved === null) return;
    const obstacle = this.renew(moved);
    if (obstacle !== null) throw new JournalUnavailable(obstacle);
  }

  /**
   * Checks as for writing, or as for reading if another file has taken the database's place.
   * Verifies the whole WAL, because closing checkpoints it.
   *
   * @throws JournalDamaged if the WAL does not hold all that was committed.
   */
  checkForClosing(isInPlace: boolean): void {
    if (isInPlace) this.checkForWriting();
    else this.checkForReading();
    const state = this.watch.compareAll();
    if (state.kind !== 'intact' && state.kind !== 'moved') throw this.giveUp(state);
  }

  /**
   * Confirms a commit, before a client learns of it.
   *
   * @param first the first entry of the commit, null if it has none.
   * @throws AppendOutcomeUnknown if the commit may be lost.
   */
  confirmCommit(first: EntryPlace | null): void {
    const { round } = this.watch;
    const state = checkingFiles(
      AppendOutcomeUnknown,
      () => this.database.compare() ?? this.watch.compareAfterCommit(first !== null),
    );
    // SQLite restarts the WAL when the database holds all that was committed before.
    if (this.watch.round !== round) this.firstEntry = first;
    else this.firstEntry ??= first;
    if (state.kind === 'moved') {
      const obstacle = this.renew(state);
      if (obstacle !== null) throw new AppendOutcomeUnknown(obstacle);
    } else if (state.kind !== 'intact') {
      throw new AppendOutcomeUnknown(this.giveUp(state).message);
    }
    if (this.watch.bytesSinceCheckpoint >= checkpointBytes) this.checkpoint();
  }

  /** Ends the watch, not the connection: that must be closed before. */
  close(): void {
    this.watch.close();
    this.database.close();
  }

  private checkFiles(): Moved | null {
    if (this.damage !== null) throw this.damage;
    this.connection.checkOpen();
    const state = checkingFiles(
      JournalUnavailable,
      () => this.database.compare() ?? this.watch.compare(),
    );
    if (state.kind === 'moved') return state;
    if (state.kind !== 'intact') throw this.giveUp(state);
    this.repair = null;
    return null;
  }

  private checkpoint(): void {
    try {
      const mode = this.watch.bytes > reusedBytesMax ? 'TRUNCATE' : 'RESTART';
      const checkpoint = this.connection.checkpoint(mode);
      this.watch.noteCheckpoint(checkpoint);
      this.database.noteCheckpoint();
      if (!checkpoint.isComplete) return;
      this.firstEntry = null;
      this.start();
    } catch (error) {
      this.watch.noteCheckpoint({ isComplete: false, isTruncated: false, copiedFrames: 0 });
      this.database.noteCheckpoint();
      const reason = reasonOf(error);
      this.logger.warn({ path: this.path, reason }, 'A checkpoint failed; it is retried later');
    }
  }

  /** Commits to a WAL that is empty or begins again, so that its header is known. */
  private start(): void {
    if (!this.tryStart()) return;
    const state = this.watch.compareAfterCommit(true);
    if (state.kind !== 'intact' && state.kind !== 'moved') throw this.giveUp(state);
  }

  /** Starts the WAL. If the disk is full, the next commit does. */
  private tryStart(): boolean {
    try {
      this.connection.startWal();
      return true;
    } catch {
      return false;
    }
  }

  /** @returns null, or why it is not done yet. */
  private renew({ reason }: Moved): string | null {
    const { logger, path } = this;
    if (this.repair === null) {
      logger.error({ path, reason }, `${reason}. A new log is created from the open one`);
      this.repair = new WalRepair(reason, path, this.connection, this.watch);
    }
    const result = this.repair.run();
    this.database.noteCheckpoint();
    if (result.kind === 'blocked') return this.noteObstacle(this.repair.reason, result.obstacle);
    this.watch.close();
    this.watch = result.watch;
    this.repair = null;
    this.obstacle = null;
    this.firstEntry = null;
    if (!this.watch.hasCommits) this.start();
    logger.warn({ path }, 'The new write-ahead log is in use; nothing is lost');
    return null;
  }

  /** Logs it if it is another one than before. */
  private noteObstacle(reason: string, obstacle: string): string {
    const message = `${reason}, and no new log can be created yet: ${obstacle}. Nothing is written.`;
    if (this.obstacle !== obstacle) this.logger.error({ path: this.path }, message);
    this.obstacle = obstacle;
    return message;
  }

  private giveUp(state: Damage): JournalDamaged {
    const { path, firstEntry } = this;
    this.damage = new JournalDamaged(
      `${state.reason}. The server does not read or write any more: see "Damage to the log" in ` +
        'docs/operating.md, and restart the server.',
    );
    this.connection.abandon();
    const found = this.setAside(state);
    this.logger.error(
      { path, reason: state.reason, firstEntry, found },
      `${this.damage.message} ${lossOf(state, firstEntry)}`,
    );
    return this.damage;
  }

  private setAside(state: Damage): string[] {
    try {
      return setAsideHarmful(this.watch, state);
    } catch (error) {
      this.logger.error(
        { path: this.path, err: error },
        'The damaged log could not be renamed: move it away before the next start',
      );
      return [];
    }
  }
}

/** Checks a WAL before the connection opens it. */
export function checkFoundWal(path: string, logger: Logger): void {
  const found = setAsideUnreadable(`${path}-wal`);
  if (found === null) return;
  logger.error(
    { path, found },
    'The header of the write-ahead log was overwritten, and the log set aside. What was committed ' +
      'after the last checkpoint may be lost: see "Damage to the log" in docs/operating.md',
  );
}

function lossOf({ kind }: Damage, firstEntry: EntryPlace | 'unknown' | null): string {
  const isAnyEntry = kind === 'restored' || kind === 'emptied' || firstEntry === 'unknown';
  if (isAnyEntry) {
    return 'Entries may be lost, also some that were committed before this server started.';
  }
  if (kind === 'unusable' || firstEntry === null) return 'No acknowledged entry is lost.';
  const { accountId, sequence } = firstEntry;
  const account = JSON.stringify(accountId);
  return `The first entry that may be lost is entry ${sequence} of account ${account}.`;
}
