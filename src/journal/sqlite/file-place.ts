import { AppendOutcomeUnknown, JournalUnavailable } from '../journal-error';
import { checkingFiles } from './errors';
import { identityOf } from './file';

/**
 * Identifies files by device and inode, not only by path. What is written to a file that was
 * removed or replaced is lost with it, so the server must not confirm it.
 */
export class FilePlace {
  private readonly identities: readonly (readonly [path: string, identity: string | null])[];

  constructor(paths: readonly string[]) {
    this.identities = paths.map((path) => [path, identityOf(path)]);
  }

  /**
   * @throws JournalUnavailable while another file, or none, is at one of the paths, or while that
   *   cannot be checked.
   */
  check(): void {
    const moved = checkingFiles(JournalUnavailable, () => this.moved());
    if (moved === null) return;
    throw new JournalUnavailable(
      `${moved} was removed or replaced while the server uses it. Nothing is written any more: ` +
        'put the file back, or restart the server.',
    );
  }

  /**
   * Checks the files after a commit.
   *
   * @throws AppendOutcomeUnknown if the files moved meanwhile: what was committed may be in a file
   *   that the next start does not find.
   */
  confirmCommit(): void {
    const moved = checkingFiles(AppendOutcomeUnknown, () => this.moved());
    if (moved === null) return;
    throw new AppendOutcomeUnknown(`${moved} was removed or replaced during a commit.`);
  }

  get isIntact(): boolean {
    return this.moved() === null;
  }

  private moved(): string | null {
    const moved = this.identities.find(([path, identity]) => identityOf(path) !== identity);
    return moved === undefined ? null : moved[0];
  }
}
