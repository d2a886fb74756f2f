import { closeSync, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { Checkpoint } from './connection';
import { identityOfStats } from './file-identity';
import {
  type CommitFrame,
  hasFrame,
  isNextSalt,
  isRestartOf,
  lastCommitFrame,
  parseWalHeader,
  saltOf,
  type WalHeader,
  walHeaderBytes,
} from './wal-frames';
import { readWalIndex } from './wal-index';
import { type Damage, isSame, moved, type WalState } from './wal-state';

const intact: WalState = { kind: 'intact' };

/**
 * Watches the write-ahead log (WAL) that one connection of this process has open, by its identity,
 * its length, its header and its last commit; and its index, by identity, length and header. Bytes
 * in the middle of the files are not watched.
 *
 * It reads through its own descriptors. To close that of the index releases this process's locks on
 * it, so a watch must be closed only after its connection is closed or uses another index.
 */
export class WalWatch {
  readonly walPath: string;
  readonly indexPath: string;
  /** Reads the WAL that SQLite has open, whatever is at its path now. */
  readonly descriptor: number;
  private readonly indexDescriptor: number;
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
    this.indexDescriptor = openSync(this.indexPath, 'r');
    this.index = fstatSync(this.indexDescriptor);
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

  /** The length of the WAL, with what is left of earlier rounds. */
  get bytes(): number {
    return this.walBytes;
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

  /**
   * Compares the files with what is known of them. A link in place of one counts as another file,
   * as SQLite follows none. Costs two `stat` calls and three short reads.
   */
  compare(): WalState {
    return this.compareFiles(() => this.hasLastCommit());
  }

  /**
   * Compares the files like `compare`, and verifies the frames from the previous commit on, that
   * one included.
   * @param hasFrames true if the commit certainly wrote frames. Replacing rows by equal ones writes
   *   none.
   */
  compareAfterCommit(hasFrames: boolean): WalState {
    const before = this.last;
    return this.compareFiles(() => this.follow() && !(hasFrames && this.last === before));
  }

  private compareFiles(hasCommits: () => boolean): WalState {
    const wal = lstatSync(this.walPath, { throwIfNoEntry: false });
    const index = lstatSync(this.indexPath, { throwIfNoEntry: false });
    const state =
      this.walDamage(isSame(wal, this.wal) ? wal.size : fstatSync(this.descriptor).size) ??
      this.indexDamage(isSame(index, this.index) ? index.size : this.indexBytes) ??
      moved(this.walPath, wal, this.wal) ??
      moved(this.indexPath, index, this.index) ??
      intact;
    const isDamaged = state.kind === 'cut' || state.kind === 'overwritten';
    return isDamaged || hasCommits() ? state : lacking(this.walPath);
  }

  /**
   * Compares as `compare` does, but verifies all frames up to the last commit. Reads the whole WAL.
   */
  compareAll(): WalState {
    const state = this.compare();
    const { header, last } = this;
    const isRead = state.kind === 'intact' || state.kind === 'moved';
    if (!isRead || header === null || last === null) return state;
    const found = lastCommitFrame(this.descriptor, header, null);
    if (found !== null && found.offset >= last.offset) return state;
    return lacking(this.walPath);
  }

  /** Notes a checkpoint of this process, which alone may shrink the WAL. */
  noteCheckpoint({ isTruncated, copiedFrames }: Checkpoint): void {
    if (isTruncated) {
      this.walBytes = 0;
      this.last = null;
    }
    this.copiedFrames = isTruncated ? 0 : Math.max(this.copiedFrames, copiedFrames);
    this.checkpointedAt = this.committedBytes;
  }

  close(): void {
    closeSync(this.descriptor);
    closeSync(this.indexDescriptor);
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

  /**
   * Returns true if the WAL holds the last commit: an older copy of a WAL that began again has the
   * same length, and may have the same header.
   */
  private hasLastCommit(): boolean {
    return this.last === null || hasFrame(this.descriptor, this.last);
  }

  private indexDamage(bytes: number): Damage | null {
    const isCut = bytes < this.indexBytes;
    if (!isCut && this.hasCurrentIndex()) {
      this.indexBytes = bytes;
      return null;
    }
    const how = isCut ? `cut from ${this.indexBytes} to ${bytes} bytes` : 'overwritten';
    const kind = this.isWholeToLastCommit() ? 'unusable' : 'cut';
    return { kind, reason: `${this.indexPath} was ${how}` };
  }

  /**
   * True if the index holds at least the commits that are known. With an older header in it, SQLite
   * would write over the later ones. An index of the round that follows is current too.
   */
  private hasCurrentIndex(): boolean {
    const { header, last } = this;
    const index = readWalIndex(this.indexDescriptor);
    if (header === null || last === null || index === null) return true;
    const frames = (last.offset - walHeaderBytes) / header.frameBytes + 1;
    return index.salt.equals(saltOf(header))
      ? index.frames >= frames
      : isNextSalt(index.salt, saltOf(header));
  }

  /** Reads the whole WAL: a commit that was written over breaks the chain of checksums. */
  private isWholeToLastCommit(): boolean {
    if (this.header === null || this.last === null) return true;
    const last = lastCommitFrame(this.descriptor, this.header, null);
    return last !== null && last.offset >= this.last.offset;
  }

  /**
   * Returns false if the header changed otherwise than with the first frame of a new round. SQLite
   * begins one when all frames are in the database, also if another program's checkpoint has copied
   * them.
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

function lacking(path: string): Damage {
  return { kind: 'cut', reason: `${path} lacks what was committed to it` };
}
