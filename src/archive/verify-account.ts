import { messageOf } from '../error-message';
import type { SnapshotHead } from '../journal/journal';
import { JournalUnavailable } from '../journal/journal-error';
import type { JournalReader } from '../journal/journal-reader';
import type { Entry } from '../ledger/entry';
import { isNaming } from './account-history';
import { AccountReplay } from './account-replay';
import { chainProblem } from './chain-problem';
import { KnownEndCheck, type Report } from './known-end-check';
import type { KnownEnd } from './known-ends';
import { SeenKeys } from './seen-keys';
import { snapshotProblem } from './snapshot-problem';
import { pageSize } from './store-entries';

/** Something in a store that differs from what the rule decides. */
export interface Finding {
  readonly accountId: string;
  /** Null if the finding is about the account's snapshot. */
  readonly sequence: number | null;
  /** The journal's id of the entry; null if it cannot be read. */
  readonly id: string | null;
  readonly problem: string;
}

/**
 * Replays one account and compares every entry with what the rule decides and with its digest,
 * the snapshot with the state at its entry, and the entries with what a file knows of them. After a
 * finding it continues as long as the entries can be applied. Holds the account's open lots, a page
 * of entries, the hashes of its keys, and two numbers per lot that expired and per entry that was
 * reversed; reads the target of each reversal again. Rejects only if the store is unavailable.
 * @param known what the file knows of the account; null if nothing.
 * @param onEntries receives the number of entries of each page.
 */
export async function verifyAccount(
  reader: JournalReader,
  accountId: string,
  known: KnownEnd | null,
  onFinding: (finding: Finding) => void,
  onEntries: (count: number) => void,
): Promise<void> {
  const report: Report = (entry, problem) => {
    const [sequence, id] =
      entry === null || typeof entry === 'number' ? [entry, null] : [entry.sequence, entry.id];
    onFinding({ accountId, sequence, id, problem });
  };
  // Read before the entries, so that the entry of the snapshot is among those that are read.
  const head = await reader.snapshotHead(accountId);
  const check = known === null ? null : new KnownEndCheck(known, report);
  const replay = new Verification(reader, new AccountReplay(accountId), head, check, report);
  await replay.run(onEntries);
  check?.end();
}

class Verification {
  private readonly keys = new SeenKeys();
  /** The digest of the last entry. */
  private digest: string | null = null;

  constructor(
    private readonly reader: JournalReader,
    private readonly replay: AccountReplay,
    private readonly head: SnapshotHead | null,
    private readonly check: KnownEndCheck | null,
    private readonly report: Report,
  ) {}

  async run(onEntries: (count: number) => void): Promise<void> {
    for (let limit = pageSize; ; ) {
      const entries = await this.page(limit);
      if (entries === null) {
        // A row of the page cannot be read: read the rows before it one by one.
        if (limit === 1) return;
        limit = 1;
        continue;
      }
      onEntries(entries.length);
      for (const entry of entries) if (!(await this.apply(entry))) return;
      if (entries.length < limit) break;
    }
    const { head } = this;
    const { account } = this.replay;
    if (account.sequence === 0) {
      this.report(null, 'its snapshot is of an account without entries');
    } else if (head !== null && head.entry.sequence > account.sequence) {
      this.report(null, `its snapshot is of entry ${head.entry.sequence}, which is missing`);
    }
  }

  /** Reads the next entries. Returns null if one of them cannot be read. */
  private async page(limit: number): Promise<Entry[] | null> {
    const { id: accountId, sequence } = this.replay.account;
    const range = { accountId, from: sequence + 1, to: Number.MAX_SAFE_INTEGER, limit };
    try {
      return await this.reader.entries({ ...range, order: 'ascending' });
    } catch (error) {
      if (error instanceof JournalUnavailable) throw error;
      if (limit === 1)
        this.report(sequence + 1, `it cannot be read: ${messageOf(error).replace(/\.$/, '')}`);
      return null;
    }
  }

  /** Checks an entry and applies it. Returns false if no entry can follow it. */
  private async apply(entry: Entry): Promise<boolean> {
    const { replay, head } = this;
    const named = await this.namedBy(entry);
    const problems = [
      problemOf(replay, entry, named),
      this.keyProblem(entry),
      chainProblem(entry, this.digest),
    ];
    const found = problems.filter((problem) => problem !== null);
    if (found.length > 0) this.report(entry, found.join('; '));
    this.digest = entry.digest;
    this.check?.take(entry);
    const reason = applyProblem(replay, entry);
    if (reason !== null) {
      this.report(entry, `the entries after it cannot be checked: ${reason}`);
      return false;
    }
    if (head?.entry.sequence !== entry.sequence) return true;
    const wrong = await snapshotProblem(this.reader, head, entry, replay.account);
    if (wrong !== null) this.report(null, wrong);
    return true;
  }

  /** Reads the entry that an entry names as its target; null if there is none before it. */
  private async namedBy(entry: Entry): Promise<Entry | null> {
    if (!isNaming(entry)) return null;
    const { target, sequence, accountId } = entry;
    if (!Number.isSafeInteger(target) || target < 1 || target >= sequence) return null;
    const range = { accountId, from: target, to: target, limit: 1 };
    return (await this.reader.entries({ ...range, order: 'ascending' }))[0] ?? null;
  }

  private keyProblem({ idempotencyKey: key }: Entry): string | null {
    if (key === null || !this.keys.isSecond(key)) return null;
    return `its idempotency key ${JSON.stringify(key)} belongs to an entry before it`;
  }
}

function problemOf(replay: AccountReplay, entry: Entry, named: Entry | null): string | null {
  try {
    return replay.problem(entry, named);
  } catch (error) {
    return `the rule fails on it: ${messageOf(error)}`;
  }
}

/** Applies an entry. Returns why that was not possible, or null. */
function applyProblem(replay: AccountReplay, entry: Entry): string | null {
  try {
    replay.apply(entry);
    const { payers } = replay.account;
    const payer = payersOf(entry).find((name) => payers.get(name)!.balance < 0);
    return payer === undefined ? null : `the balance of ${JSON.stringify(payer)} is below zero`;
  } catch (error) {
    return messageOf(error);
  }
}

/** Returns the payers whose balance may have become less. */
function payersOf(entry: Entry): string[] {
  if ('payer' in entry) return [entry.payer];
  const isTaking = entry.kind === 'spend' || entry.kind === 'hold';
  return isTaking ? entry.allocations.map(({ payer }) => payer) : [];
}
