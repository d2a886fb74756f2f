import { setImmediate as nextIteration } from 'node:timers/promises';
import type { CaughtUp, Journal, SnapshotHead } from '../../journal/journal';
import { Account } from '../../ledger/account';
import { restorePart } from '../../ledger/snapshot';
import type { Logger } from '../../telemetry/logger';
import type { ResidentAccount } from './resident-account';

/** Entries per read while an account is loaded; between two reads other accounts are served. */
export const loadEntriesMax = 1_000;

/**
 * An account after catching up: ready, on another history, or too far behind for the batch to wait.
 */
type CatchUpState = 'ready' | 'behind' | 'forked';

/** Applies what a catch-up read returned to an account in memory. */
export function applyCaughtUp(resident: ResidentAccount, caughtUp: CaughtUp): CatchUpState {
  const { mark } = resident;
  const { snapshot, entries, more } = caughtUp;
  if (mark === null && snapshot !== null) return 'behind';
  const isKnownFirst = mark !== null && entries.at(0)?.id === mark.id;
  if (mark !== null && !isKnownFirst) return 'forked';
  for (let index = mark === null ? 0 : 1; index < entries.length; index += 1) {
    resident.apply(entries[index]);
  }
  return more ? 'behind' : 'ready';
}

/**
 * Reads accounts that one catch-up read does not bring into memory: from a snapshot, or over many
 * entries.
 */
export class Loader {
  constructor(
    private readonly journal: Journal,
    private readonly logger: Logger,
  ) {}

  /**
   * Loads an account from its newest snapshot, or else from its first entry. O(lots of the snapshot
   * + entries after it). Rejects as the journal does, or if the entries do not follow from one
   * another.
   * @param caughtUp what a catch-up has already read of the account.
   */
  async load(resident: ResidentAccount, caughtUp: CaughtUp | null): Promise<void> {
    if (resident.mark === null) await this.begin(resident, caughtUp ?? (await this.read(resident)));
    for (;;) {
      const from = (resident.mark?.sequence ?? 0) + 1;
      const entries = await this.journal.entries({
        accountId: resident.accountId,
        from,
        to: Number.MAX_SAFE_INTEGER,
        order: 'ascending',
        limit: loadEntriesMax,
      });
      for (const entry of entries) resident.apply(entry);
      if (entries.length < loadEntriesMax) return;
      await nextIteration();
    }
  }

  private async read({ accountId }: ResidentAccount): Promise<CaughtUp> {
    const [caughtUp] = await this.journal.catchUp(
      [{ accountId, known: null, keys: [] }],
      loadEntriesMax,
    );
    return caughtUp;
  }

  private async begin(resident: ResidentAccount, { snapshot, entries }: CaughtUp): Promise<void> {
    if (snapshot === null) return;
    const { accountId } = resident;
    const [first, ...later] = entries;
    const isOfThisHistory = first !== undefined && first.id === snapshot.entry.id;
    const account = isOfThisHistory ? await this.restore(snapshot) : null;
    if (account === null) {
      this.logger.warn({ accountId, snapshot }, 'Snapshot not usable: replaying all entries');
      return;
    }
    resident.restore(account, first);
    for (const entry of later) resident.apply(entry);
  }

  /** Restores a snapshot. Returns null if a part is missing or cannot be read. */
  private async restore(head: SnapshotHead): Promise<Account | null> {
    const account = new Account(head.accountId);
    for (let part = 0; part < head.parts; part += 1) {
      const text = await this.journal.snapshotPart(head, part);
      if (text === null || !isRestored(account, text)) return null;
      if (part > 0) await nextIteration();
    }
    return account;
  }
}

function isRestored(account: Account, text: string): boolean {
  try {
    return restorePart(account, text);
  } catch {
    return false;
  }
}
