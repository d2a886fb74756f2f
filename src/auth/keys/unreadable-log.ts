import type { Logger } from '../../telemetry/logger';
import type { UnreadableKey } from './read-keys';

/** Logs each key that cannot be read once, until it was changed or revoked. */
export class UnreadableLog {
  #logged: ReadonlySet<string> = new Set();

  constructor(private readonly logger: Logger) {}

  /** @param keys all that the last read of the store found. */
  note(keys: readonly UnreadableKey[]): void {
    const current = new Set<string>();
    for (const { name, problem, isRevoked } of keys) {
      const line = JSON.stringify([name, problem]);
      if (isRevoked || current.has(line)) continue;
      current.add(line);
      if (!this.#logged.has(line)) this.logger.warn({ key: name, reason: problem }, unusable);
    }
    this.#logged = current;
  }
}

const unusable =
  'A stored key cannot be used, all others can: run the version that wrote it, or revoke it and ' +
  'create another';
