import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import type { Checkpoint } from './connection';
import { identityOfStats } from './file';
import {
  type CommitFrame,
  isRestartOf,
  lastCommitFrame,
  parseWalHeader,
  type WalHeader,
  walHeaderBytes,
} from './wal-frames';

/** A path has no file, or another one. SQLite's handle still holds every row. */
export interface Moved {
  readonly kind: 'moved';
  readonly reason: string;
}

/**
 * Damage that this process cannot repair:
 * - `cut`: the WAL lacks frames that it had.
 * - `overwritten`: the header of the WAL is another one.
 * - `unusable`: the index was cut. The WAL holds every row, but SQLite must not be called again,
 *   as the process would end on SIGBUS.
 */
export interface Damage {
  readonly kind: 'cut' | 'overwritten' | 'unusable';
  readonly reason: string;
}

/** The state of a WAL and its index. */
type WalState = { readonly kind: 'intact' } | Moved | Damage;

const intact: WalState = { kind: 'intact' };

/**
 * Watches the write-ahead log (WAL) that one connection of this process has open, by its identity,
 * its length, its header and its last commit; and its index, by identity and length. Bytes in the
 * middle of the files are not watched.
 *
 * It reads through its own descriptor, which is safe: SQLite locks no bytes of the WAL. The index
 * must not be opened here, as closing it would release this process's locks on it.
 */
export class WalWatch {
  readonly walPath: string;
  readonly indexPath: string;
  /** Reads the WAL that SQLite has open, whatever is at its path now. */
  readonly descriptor: number;
  private readonly wal: Stats;
  private readonly index: Stats;
  private readonly headerBytes = Buffer.alloc(walHeaderBytes);
  private walBytes = 0;
  private indexBytes = 0;
  private header: WalHeader | null = null;
  /** The last commit that is known to be in the WAL; null if there is none since its header. */
  private last: CommitFrame | null = null;
  private rounds = 0;
  private checkpointedAt = 0;
  private copiedFrames = 0;

  /**
   * Call it when the connection has opened the WAL.
   * @throws the file system's error if there is no WAL.
   */
  constructor(path: string) {
    this.walPath = `${path}-wal`;
    this.indexPath = `${path}-shm`;
    this.descriptor = openSync(this.walPath, 'r');
    this.wal = fstatSync(this.descriptor);
    this.index = statSync(this.indexPath);
    this.compare();
    this.follow();
    this.checkpointedAt = this.committedBytes;
  }

  /**
   * The paths of the WAL and of its index, with the identities of the files that SQLite has open.
   */
  get files(): readonly { readonly path: string; readonly identity: string }[] {
    return [
      { path: this.walPath, identity: identityOfStats(this.wal) },
      { path: this.indexPath, identity: identityOfStats(this.index) },
    ];
  }

  get hasCommits(): boolean {
    return this.last !== null;
  }

  /** Changes when SQLite begins to write the WAL from its start. */
  get round(): number {
    return this.rounds;
  }

  /** What was committed since the last checkpoint, in bytes of the WAL. */
  get bytesSinceCheckpoint(): number {
    return this.committedBytes - this.checkpointedAt;
  }

  /**
   * True if a recovery from the WAL would revert the database to a commit before what a checkpoint
   * has copied into it. Reads the whole WAL.
   */
  get isBehindDatabase(): boolean {
    const { header } = this;
    if (header === null || this.copiedFrames === 0) return false;
    const last = lastCommitFrame(this.descriptor, header, null);
    const end = last === null ? walHeaderBytes : last.offset + header.frameBytes;
    return end < walHeaderBytes + this.copiedFrames * header.frameBytes;
  }

  /** Compares the files with their known state. Costs two `stat` calls and a read. */
  compare(): WalState {
    const wal = statSync(this.walPath, { throwIfNoEntry: false });
    const index = statSync(this.indexPath, { throwIfNoEntry: false });
    return (
      this.walDamage(isSame(wal, this.wal) ? wal.size : fstatSync(this.descriptor).size) ??
      this.indexDamage(isSame(index, this.index) ? index.size : this.indexBytes) ??
      moved(this.walPath, wal, this.wal) ??
      moved(this.indexPath, index, this.index) ??
      intact
    );
  }

  /**
   * Compares the files like `compare`, and verifies the frames from the previous commit on.
   * @param hasFrames true if the commit certainly wrote frames. Replacing rows by equal ones writes
   *   none.
   */
  compareAfterCommit(hasFrames: boolean): WalState {
    const state = this.compare();
    if (state.kind !== 'intact' && state.kind !== 'moved') return state;
    const before = this.last;
    if (this.follow() && !(hasFrames && this.last === before)) return state;
    return { kind: 'cut', reason: `${this.walPath} lacks what was committed to it` };
  }

  /** Call it after a checkpoint of this process, which alone may shrink the WAL. */
  noteCheckpoint({ isComplete, copiedFrames }: Checkpoint): void {
    if (isComplete) {
      this.walBytes = 0;
      this.last = null;
    }
    this.copiedFrames = isComplete ? 0 : Math.max(this.copiedFrames, copiedFrames);
    this.checkpointedAt = this.committedBytes;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private walDamage(bytes: number): Damage | null {
    if (bytes < this.walBytes) {
      const reason = `${this.walPath} was cut from ${this.walBytes} to ${bytes} bytes`;
      return { kind: 'cut', reason };
    }
    this.walBytes = bytes;
    if (this.hasKnownHeader()) return null;
    return { kind: 'overwritten', reason: `The header of ${this.walPath} was overwritten` };
  }

  private indexDamage(bytes: number): Damage | null {
    if (bytes < this.indexBytes) {
      const reason = `${this.indexPath} was cut from ${this.indexBytes} to ${bytes} bytes`;
      return { kind: 'unusable', reason };
    }
    this.indexBytes = bytes;
    return null;
  }

  /**
   * The header may change only with the first frame of a new round. SQLite begins one when all
   * frames are in the database, also if another program's checkpoint has copied them.
   */
  private hasKnownHeader(): boolean {
    const length = readSync(this.descriptor, this.headerBytes, 0, walHeaderBytes, 0);
    const isWhole = length === walHeaderBytes;
    if (isWhole && this.header?.bytes.equals(this.headerBytes)) return true;
    const header = isWhole ? parseWalHeader(this.headerBytes) : null;
    // An empty WAL has no header, and after a failed commit the header may be incomplete.
    if (header === null) return this.last === null;
    if (this.header !== null && !isRestartOf(header, this.header)) return false;
    this.header = header;
    this.last = null;
    this.rounds += 1;
    this.checkpointedAt = 0;
    this.copiedFrames = 0;
    return true;
  }

  /** Reads the frames from the last known commit on. Returns false if that one is damaged. */
  private follow(): boolean {
    if (this.header === null) return true;
    const last = lastCommitFrame(this.descriptor, this.header, this.last);
    if (last === null) return this.last === null;
    if (last.offset !== this.last?.offset) this.last = last;
    return true;
  }

  private get committedBytes(): number {
    return this.last === null ? 0 : this.last.offset + this.header!.frameBytes;
  }
}

function isSame(stats: Stats | undefined, known: Stats): stats is Stats {
  return stats !== undefined && stats.ino === known.ino && stats.dev === known.dev;
}

function moved(path: string, found: Stats | undefined, known: Stats): Moved | null {
  if (isSame(found, known)) return null;
  const change = found === undefined ? 'removed' : 'replaced';
  return { kind: 'moved', reason: `${path} was ${change} while the server uses it` };
}
