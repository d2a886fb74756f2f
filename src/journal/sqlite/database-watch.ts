import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Damage } from './wal-state';

/** https://www.sqlite.org/fileformat2.html#the_database_header describes the format. */
const changeCounterOffset = 24;

const counterBytes = Buffer.alloc(4);

/**
 * Watches the content of the database file, which only checkpoints change: that it does not become
 * shorter, and that the counter of changes in its header does not go back, as it does when a backup
 * is copied over the file. Page 1, which holds the counter, is in each round of the WAL.
 *
 * To close the descriptor releases this process's locks on the database, so a watch must be closed
 * only after its connection.
 */
export class DatabaseWatch {
  private readonly descriptor: number;
  private bytes = 0;
  private changes = 0;

  constructor(private readonly path: string) {
    this.descriptor = openSync(path, 'r');
    this.noteCheckpoint();
  }

  /** Compares the file with what is known of it. Costs an `fstat` and a short read. */
  compare(): Damage | null {
    const { bytes, changes, path } = this;
    const size = fstatSync(this.descriptor).size;
    // Another program may have checkpointed: then the counter is ahead.
    const isBack = ((this.readChanges() - changes) | 0) < 0;
    if (size >= bytes && !isBack) return null;
    const how = size < bytes ? `cut from ${bytes} to ${size} bytes` : 'overwritten by an older one';
    return { kind: size === 0 ? 'emptied' : 'restored', reason: `${path} was ${how}` };
  }

  /** Notes a checkpoint of this process, whatever became of it. */
  noteCheckpoint(): void {
    this.bytes = fstatSync(this.descriptor).size;
    this.changes = this.readChanges();
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private readChanges(): number {
    counterBytes.fill(0);
    readSync(this.descriptor, counterBytes, 0, counterBytes.length, changeCounterOffset);
    return counterBytes.readUInt32BE(0);
  }
}
