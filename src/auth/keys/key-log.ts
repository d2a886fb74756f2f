import type { Logger } from '../../telemetry/logger';
import type { OtherTables, StoredKeys, UnreadableKey } from './read-keys';

/** Logs what may be wrong with stored keys once, until it changes. */
export class KeyLog {
  #unreadable: ReadonlySet<string> = new Set();
  #otherTables = 'null';

  constructor(private readonly logger: Logger) {}

  /** Notes what a read of the store found. */
  note({ unreadable, otherTables }: StoredKeys): void {
    this.#noteUnreadable(unreadable);
    this.#noteTables(otherTables);
  }

  /** A key that was revoked may stay as it is. */
  #noteUnreadable(keys: readonly UnreadableKey[]): void {
    const current = new Set<string>();
    for (const { name, problem, isRevoked } of keys) {
      const line = JSON.stringify([name, problem]);
      if (isRevoked || current.has(line)) continue;
      current.add(line);
      if (!this.#unreadable.has(line)) this.logger.warn({ key: name, reason: problem }, unusable);
    }
    this.#unreadable = current;
  }

  #noteTables(tables: OtherTables | null): void {
    const current = JSON.stringify(tables);
    if (tables !== null && current !== this.#otherTables) this.logger.warn(tables, severalTables);
    this.#otherTables = current;
  }
}

const unusable =
  'A stored key cannot be used, all others can: run the version that wrote it, or revoke it and ' +
  'create another';

const severalTables =
  "Several schemas of search_path have a table api_key: only that beside the ledger's tables is " +
  'read. Take the others off search_path if their keys are of another ledger';
