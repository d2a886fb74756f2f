import type { SqliteConnection } from './connection';
import { reasonOf } from './errors';
import { identityOf } from './file-identity';
import { copyToPath, setAside } from './wal-files';
import type { Damage } from './wal-state';
import { WalWatch } from './wal-watch';

/** The new files are in use. */
interface Repaired {
  readonly kind: 'repaired';
  readonly watch: WalWatch;
}

/** It is not possible yet. No row is lost. */
interface Blocked {
  readonly kind: 'blocked';
  readonly obstacle: string;
}

/**
 * Creates a new WAL and a new index after one of them was removed or replaced, through the
 * connection that still has the old ones open and so holds every row.
 */
export class WalRepair {
  /** Identifies the copy of the WAL that is at its path until a checkpoint succeeds. */
  private copy: string | null = null;

  /** @param reason what became of the files. */
  constructor(
    readonly reason: string,
    private readonly path: string,
    private readonly connection: SqliteConnection,
    private readonly watch: WalWatch,
  ) {}

  /**
   * Repairs the files, in an order in which a crash at any point loses nothing: it renames what it
   * finds at the paths, since the next start would replay it; then it copies the rows into the
   * database; then it creates the files. May be called again until it succeeds.
   */
  run(): Repaired | Blocked {
    try {
      this.setAsideFound();
      const obstacle = this.secureRows();
      if (obstacle !== null) return blocked(obstacle);
      if (this.found().length > 0) return blocked('it was replaced again');
      return { kind: 'repaired', watch: this.createFiles() };
    } catch (error) {
      return blocked(reasonOf(error));
    }
  }

  private setAsideFound(): void {
    for (const path of this.found()) setAside(path);
  }

  /** Returns the paths that have another file than the connection's. */
  private found(): string[] {
    return this.watch.files.flatMap(({ path, identity }) => {
      const present = identityOf(path);
      return present === null || present === identity || present === this.copy ? [] : [path];
    });
  }

  /**
   * Checkpoints. It cannot copy what is newer than the state that another program is reading; a
   * copy of the WAL at its path then protects the rest.
   * @returns what prevents a complete checkpoint, or null.
   */
  private secureRows(): string | null {
    const obstacle = this.checkpoint();
    const { walPath, descriptor } = this.watch;
    if (obstacle !== null && this.copy === null) {
      copyToPath(descriptor, walPath);
      this.copy = identityOf(walPath);
    }
    return obstacle;
  }

  private createFiles(): WalWatch {
    try {
      this.connection.renewWal();
      return new WalWatch(this.path);
    } catch (error) {
      throw new Error(`another program may have the database open: ${reasonOf(error)}`);
    }
  }

  private checkpoint(): string | null {
    try {
      const checkpoint = this.connection.checkpoint('TRUNCATE');
      this.watch.noteCheckpoint(checkpoint);
      if (checkpoint.isComplete) return null;
      return 'a program is reading the database, or writing to it';
    } catch (error) {
      return reasonOf(error);
    }
  }
}

function blocked(obstacle: string): Blocked {
  return { kind: 'blocked', obstacle };
}

/**
 * Renames, after damage, the files that would harm the next start: a WAL that is another one, or
 * that would revert the database to an older state, and the index, which would not match. A WAL
 * that was only truncated stays, since the rest of it is good.
 *
 * @returns the new paths.
 */
export function setAsideHarmful(watch: WalWatch, { kind }: Damage): string[] {
  const wal = watch.files[0]!;
  const isForeign = identityOf(wal.path) !== wal.identity;
  const isHarmful =
    kind === 'overwritten' ||
    kind === 'restored' ||
    isForeign ||
    (kind === 'cut' && watch.isBehindDatabase);
  const paths = isHarmful ? [watch.walPath, watch.indexPath] : [watch.indexPath];
  return paths.flatMap((path) => setAside(path) ?? []);
}
