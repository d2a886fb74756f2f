import {
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { isObject } from '../../is-object';
import { reasonOf } from '../../journal/sqlite/errors';
import { canonicalPath, inspectFile, presentPath } from '../../journal/sqlite/file';
import { syncFolder } from '../../journal/sqlite/sync-folder';
import { OperatorError } from '../../operator-error';
import type { KeyRecord } from './key-record';
import type { KeyStore } from './key-store';
import { isRevoked, readKeys, type StoredKeys } from './read-keys';

/** The time for which a command waits while others change the file. */
const lockMsMax = 10_000;
const format = 1;

/** Returns the path of the keys of a SQLite ledger. */
export function keyFileOf(ledgerPath: string): string {
  return `${ledgerPath}.keys`;
}

/**
 * Keys in a file beside a SQLite ledger, which only one server may open. Readers see a whole file,
 * old or new: it is replaced by a rename. A lock, which the system releases with the process, keeps
 * concurrent changes from being lost.
 */
export class KeyFile implements KeyStore {
  private readonly path: string;

  private constructor(private readonly ledgerPath: string) {
    this.path = keyFileOf(ledgerPath);
  }

  /** @throws OperatorError if the folder of the ledger cannot be used. */
  static open(ledgerPath: string): KeyFile {
    return new KeyFile(canonicalPath(ledgerPath));
  }

  /**
   * Opens the keys of a ledger, or keys that were created before it; creates nothing.
   * @throws OperatorError if there are neither.
   */
  static openExisting(ledgerPath: string): KeyFile {
    if (!existsSync(keyFileOf(ledgerPath))) {
      inspectFile(presentPath(ledgerPath, ', and no keys are beside it'));
    }
    return KeyFile.open(ledgerPath);
  }

  async read(): Promise<StoredKeys> {
    return readKeys(this.values());
  }

  /** @throws OperatorError if a server could not create its ledger beside the first key. */
  async create(record: KeyRecord): Promise<boolean> {
    if (!existsSync(this.path)) inspectFile(this.ledgerPath);
    return this.change((values) =>
      values.some((each) => isNamed(each, record.name)) ? null : [...values, record],
    );
  }

  async revoke(name: string, at: number): Promise<boolean> {
    return this.change((values) => {
      const isWanted = (each: unknown) => isNamed(each, name) && !isRevoked(each);
      if (!values.some(isWanted)) return null;
      return values.map((each) => (isWanted(each) ? { ...(each as object), revokedAt: at } : each));
    });
  }

  async close(): Promise<void> {}

  private values(): readonly unknown[] {
    const text = textOf(this.path);
    const values = text === null ? [] : valuesIn(text);
    if (values !== null) return values;
    throw new OperatorError(
      'store',
      `${this.path} does not hold keys as this program writes them. Restore it from a backup.`,
    );
  }

  /**
   * Values that this version cannot read are kept as they are, for the one that wrote them.
   * @param next returns the new values, or null to change nothing.
   */
  private change(next: (values: readonly unknown[]) => readonly unknown[] | null): boolean {
    const release = lock(`${this.path}.lock`, this.ledgerPath);
    try {
      const values = next(this.values());
      if (values === null) return false;
      const text = `${JSON.stringify({ format, keys: values }, null, 2)}\n`;
      replace(this.path, text, this.ledgerPath);
      return true;
    } finally {
      release();
    }
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new OperatorError('store', `${path} cannot be read: ${reasonOf(error, path)}.`, {
      cause: error,
    });
  }
}

function valuesIn(text: string): readonly unknown[] | null {
  const content = parsed(text);
  if (!isObject(content) || content.format !== format || !Array.isArray(content.keys)) return null;
  return content.keys;
}

function isNamed(value: unknown, name: string): value is Record<string, unknown> {
  return isObject(value) && value.name === name;
}

/** Returns null for a text that is not JSON; the reason would repeat parts of the file. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Replaces the file: it is durable before it has its name, and its name before this returns. */
function replace(path: string, text: string, ledgerPath: string): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const descriptor = create(temporary, ledgerPath);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/**
 * Creates a file that does not exist, for its owner alone. That of the superuser's command is given
 * to the user of the ledger: a server that cannot read its keys accepts none.
 */
function create(path: string, ledgerPath: string): number {
  const descriptor = openSync(path, 'wx', 0o600);
  if (process.getuid?.() === 0) {
    const { uid, gid } =
      statSync(ledgerPath, { throwIfNoEntry: false }) ?? statSync(dirname(ledgerPath));
    fchownSync(descriptor, uid, gid);
  }
  return descriptor;
}

/** Acquires the lock: an exclusive transaction of SQLite on an empty file. Waits for others. */
function lock(path: string, ledgerPath: string): () => void {
  createLock(path, ledgerPath);
  const connection = new Database(path);
  try {
    connection.exec(`PRAGMA busy_timeout = ${lockMsMax}`);
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    throw new OperatorError(
      'store',
      `The lock ${path} cannot be acquired: ${reasonOf(error, path)}.`,
      {
        cause: error,
      },
    );
  }
  return () => {
    connection.exec('ROLLBACK');
    connection.close();
  };
}

function createLock(path: string, ledgerPath: string): void {
  try {
    closeSync(create(path, ledgerPath));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
