import { JournalUnavailable, type SnapshotHead } from '../journal/journal';
import type { JournalReader } from '../journal/journal-reader';
import { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { evolve } from '../ledger/evolve';
import { entryFault } from './entry-fault';
import { SeenKeys } from './seen-keys';
import { snapshotFault } from './snapshot-fault';
import { pageSize } from './store-entries';

/** Something in a store that is not as the rule makes it. */
export interface Finding {
  readonly accountId: string;
  /** Null where the finding is about the account's snapshot. */
  readonly sequence: number | null;
  /** The journal's own id of the entry, null where it cannot be read. */
  readonly id: string | null;
  readonly fault: string;
}

/** Tells a finding of the account that is verified. */
type Report = (entry: Pick<Entry, 'sequence' | 'id'> | number | null, fault: string) => void;

/**
 * Replays one account and compares every entry with what the rule makes of it, and the snapshot
 * with the state at its entry. Goes on behind a finding as long as the entries can be applied.
 * Holds the account's open lots, a page of entries and the hashes of its keys. Rejects only where
 * the store is away.
 * @param onEntries is told how many entries were read.
 */
export async function verifyAccount(
  reader: JournalReader,
  accountId: string,
  onFinding: (finding: Finding) => void,
  onEntries: (count: number) => void,
): Promise<void> {
  const report: Report = (entry, fault) => {
    const [sequence, id] =
      entry === null || typeof entry === 'number' ? [entry, null] : [entry.sequence, entry.id];
    onFinding({ accountId, sequence, id, fault });
  };
  // Before the entries: then every entry that it can be of is among those that are read.
  const head = await reader.snapshotHead(accountId);
  const replay = new Replay(reader, new Account(accountId), head, report);
  await replay.run(onEntries);
}

class Replay {
  private readonly keys = new SeenKeys();

  constructor(
    private readonly reader: JournalReader,
    private readonly account: Account,
    private readonly head: SnapshotHead | null,
    private readonly report: Report,
  ) {}

  async run(onEntries: (count: number) => void): Promise<void> {
    for (let limit = pageSize; ; ) {
      const entries = await this.page(limit);
      if (entries === null) {
        // One row of the page cannot be read: those before it can, one by one.
        if (limit === 1) return;
        limit = 1;
        continue;
      }
      onEntries(entries.length);
      for (const entry of entries) if (!(await this.takes(entry))) return;
      if (entries.length < limit) break;
    }
    const { account, head } = this;
    if (account.sequence === 0)
      this.report(null, 'its snapshot stands for an account without entries');
    else if (head !== null && head.entry.sequence > account.sequence) {
      this.report(null, `its snapshot is of entry ${head.entry.sequence}, which is not there`);
    }
  }

  /** The next entries; null where one of them cannot be read. */
  private async page(limit: number): Promise<Entry[] | null> {
    const { id: accountId, sequence } = this.account;
    const range = { accountId, from: sequence + 1, to: Number.MAX_SAFE_INTEGER, limit };
    try {
      return await this.reader.entries({ ...range, order: 'ascending' });
    } catch (error) {
      if (error instanceof JournalUnavailable) throw error;
      if (limit === 1) this.report(sequence + 1, `it cannot be read: ${messageOf(error)}`);
      return null;
    }
  }

  /** Checks an entry and applies it; false where nothing can follow it. */
  private async takes(entry: Entry): Promise<boolean> {
    const { account, head, keys } = this;
    const fault = faultOf(account, entry);
    if (fault !== null) this.report(entry, fault);
    if (entry.idempotencyKey !== null && keys.isSecond(entry.idempotencyKey)) {
      const key = JSON.stringify(entry.idempotencyKey);
      this.report(entry, `its idempotency key ${key} belongs to an entry before it`);
    }
    const reason = evolveFault(account, entry);
    if (reason !== null) {
      this.report(entry, `the entries behind it cannot be checked: ${reason}`);
      return false;
    }
    if (head?.entry.sequence !== entry.sequence) return true;
    const wrong = await snapshotFault(this.reader, head, entry, account);
    if (wrong !== null) this.report(null, wrong);
    return true;
  }
}

function faultOf(account: Account, entry: Entry): string | null {
  try {
    return entryFault(account, entry);
  } catch (error) {
    return `the rule cannot judge it: ${messageOf(error)}`;
  }
}

/** Why an entry cannot be applied, null if it was. */
function evolveFault(account: Account, entry: Entry): string | null {
  try {
    evolve(account, entry);
    const payer = payersOf(entry).find((name) => account.payers.get(name)!.balance < 0);
    return payer === undefined ? null : `the balance of ${JSON.stringify(payer)} is below zero`;
  } catch (error) {
    return messageOf(error);
  }
}

function payersOf(entry: Entry): string[] {
  return entry.kind === 'spend' ? entry.allocations.map(({ payer }) => payer) : [entry.payer];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
