import { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { evolve } from '../ledger/evolve';
import { lapse } from '../ledger/lapse';
import type { LapseEntry, LapseRow } from '../ledger/lapse-entry';
import { AccountHistory, isNaming } from './account-history';
import { entryProblem } from './entry-problem';
import { lapseProblem, shownRow } from './lapse-problem';

/**
 * The replay of one account: each entry is compared with what the rule decides after the entries
 * before it. Holds the account's state and its {@link AccountHistory}.
 */
export class AccountReplay {
  readonly account: Account;
  private readonly history = new AccountHistory();
  /** The lapse whose rows are not those of the rule; null if the last entry was none. */
  private wrongLapse: LapseEntry | null = null;

  constructor(accountId: string) {
    this.account = new Account(accountId);
  }

  /**
   * Returns what is wrong with an entry, as a clause to follow its name, or null if the rule
   * decides exactly this entry. What is due and not recorded before it is a problem; it is then
   * processed as if it had been recorded, so that it is found once. Costs as much as deciding.
   * @param named the entry that it names as its target; null if it names none, or it is missing.
   */
  problem(entry: Entry, named: Entry | null): string | null {
    const { account, history } = this;
    if (entry.kind === 'lapse') {
      const problem = lapseProblem(account, entry, history);
      this.wrongLapse = problem === null ? null : entry;
      return problem;
    }
    const missing = this.processMissing(entry);
    const target = isNaming(entry) ? history.targetOf(entry, named) : null;
    const found = [missing, entryProblem(account, entry, target, history)];
    const problems = found.filter((problem) => problem !== null);
    return problems.length === 0 ? null : problems.join('; ');
  }

  /**
   * Applies the entry that was passed to {@link problem} last. Of a wrong lapse, the rows that are
   * due by the rule are applied, so that what follows it is compared with the right state.
   * @throws if the entry cannot follow.
   */
  apply(entry: Entry): void {
    const { account, history } = this;
    if (this.wrongLapse !== entry) {
      evolve(account, entry);
      history.take(entry);
      return;
    }
    this.processDue(entry.recordedAt, this.wrongLapse.rows.length);
    evolve(account, { ...this.wrongLapse, rows: [] });
  }

  private processMissing({ recordedAt }: Entry): string | null {
    const rows = this.processDue(recordedAt, Number.POSITIVE_INFINITY);
    if (rows.length === 0) return null;
    const more = rows.length === 1 ? '' : ` and ${rows.length - 1} more`;
    return `${shownRow(rows[0]!)}${more} should be recorded before it`;
  }

  /** Processes rows that are due, without an entry. */
  private processDue(now: number, rowsMax: number): readonly LapseRow[] {
    const { account, history } = this;
    const { sequence, recordedAt } = account;
    if (rowsMax === 0) return [];
    const lapsed = lapse(account, { now, id: '' }, rowsMax);
    if (lapsed === null) return [];
    account.sequence = sequence;
    account.recordedAt = recordedAt;
    history.takeRows(lapsed.entry.rows);
    return lapsed.entry.rows;
  }
}
