import { AppendOutcomeUnknown, JournalUnavailable } from '../journal-error';
import { checkingFiles } from './errors';
import { identityOf } from './file-identity';

/**
 * Identifies files by device and inode, not only by path. What is written to a file that was
 * removed or replaced is lost with it, so the server must not confirm it.
 */
export class FilePlace {
  private readonly database: KnownFile;
  private readonly lock: KnownFile;

  constructor(database: string, lock: string) {
    this.database = known(database);
    this.lock = known(lock);
  }

  /**
   * @throws JournalUnavailable while another file, or none, is at one of the paths, or while that
   *   cannot be checked.
   */
  check(): void {
    const moved = checkingFiles(JournalUnavailable, () => this.moved());
    if (moved === null) return;
    throw new JournalUnavailable(
      `${moved.path} was removed or replaced while the server uses it. Nothing is written any ` +
        'more: put the file back, or restart the server.',
    );
  }

  /**
   * Checks the database's file after a commit. A lock that moved loses nothing that was committed,
   * and the next check finds it.
   *
   * @throws AppendOutcomeUnknown if the file moved meanwhile: what was committed may be in a file
   *   that the next start does not find.
   */
  confirmCommit(): void {
    const { database } = this;
    if (!checkingFiles(AppendOutcomeUnknown, () => isMoved(database))) return;
    throw new AppendOutcomeUnknown(`${database.path} was removed or replaced during a commit.`);
  }

  get isIntact(): boolean {
    return this.moved() === null;
  }

  private moved(): KnownFile | null {
    if (isMoved(this.database)) return this.database;
    return isMoved(this.lock) ? this.lock : null;
  }
}

interface KnownFile {
  readonly path: string;
  readonly identity: string | null;
}

function known(path: string): KnownFile {
  return { path, identity: identityOf(path) };
}

function isMoved({ path, identity }: KnownFile): boolean {
  return identityOf(path) !== identity;
}
