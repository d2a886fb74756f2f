import { AppendOutcomeUnknown, JournalUnavailable } from '../journal';
import { identityOf } from './file';

/**
 * Knows files by more than their names. What is written into a file that was removed or replaced
 * is gone with it: nothing may be answered on its word.
 */
export class FilePlace {
  private readonly identities: readonly (readonly [path: string, identity: string | null])[];

  constructor(paths: readonly string[]) {
    this.identities = paths.map((path) => [path, identityOf(path)]);
  }

  /** Throws {@link JournalUnavailable} while another file, or none, has one of the names. */
  check(): void {
    const moved = this.moved();
    if (moved === null) return;
    throw new JournalUnavailable(
      `${moved} was removed or replaced while the server uses it. Nothing is written any more: ` +
        'put the file back, or restart the server.',
    );
  }

  /**
   * To be called after a commit. Throws {@link AppendOutcomeUnknown} if the files moved meanwhile:
   * what was committed may be in a file that the next start does not find.
   */
  confirmCommit(): void {
    const moved = this.moved();
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
