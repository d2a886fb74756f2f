import type { Account } from '../../ledger/account';
import type { AccountObserver } from './account-observer';
import { ResidentAccount } from './resident-account';

/** What an account and a payer take in memory, counted in lots. */
const accountWeight = 16;
const payerWeight = 8;

/**
 * The accounts in memory, bounded by their weight. Those that only the sweep used are evicted
 * first, then the least recently used. It is not a general cache: an account that is occupied or
 * waited for must stay, and an account's weight changes while it is cached.
 */
export class AccountCache {
  private readonly accounts = new Map<string, ResidentAccount>();
  /** Those that only the sweep used. */
  private readonly passing = new Set<ResidentAccount>();
  /** What each account weighed when it was last used. */
  private readonly weights = new Map<string, number>();
  private weight = 0;

  /** @param weightMax the most lots to cache, payers and accounts counted as several. */
  constructor(
    private readonly weightMax: number,
    private readonly observer: AccountObserver | null = null,
  ) {}

  get(accountId: string): ResidentAccount | undefined {
    return this.accounts.get(accountId);
  }

  /** Adds an account of which nothing is known yet, in place of the one that is cached. */
  create(accountId: string): ResidentAccount {
    const resident = new ResidentAccount(accountId, this.observer);
    this.accounts.set(accountId, resident);
    return resident;
  }

  /** Returns false if the account was evicted, or another object has taken its place. */
  holds(resident: ResidentAccount): boolean {
    return this.accounts.get(resident.accountId) === resident;
  }

  /** Removes an account; the next request for it loads it again. */
  drop(resident: ResidentAccount): void {
    if (!this.holds(resident)) return;
    const { accountId } = resident;
    this.accounts.delete(accountId);
    this.weight -= this.weights.get(accountId) ?? 0;
    this.weights.delete(accountId);
    this.passing.delete(resident);
  }

  /** Notes that an account was used, and its present weight. */
  touch(resident: ResidentAccount): void {
    if (!this.holds(resident)) return;
    const { accountId } = resident;
    const weight = weightOf(resident.account);
    this.weight += weight - (this.weights.get(accountId) ?? 0);
    this.weights.set(accountId, weight);
    this.accounts.delete(accountId);
    this.accounts.set(accountId, resident);
    if (resident.isPassing) this.passing.add(resident);
    else this.passing.delete(resident);
  }

  /** Evicts what is over the bound. Accounts that are occupied or waited for stay. */
  evict(): void {
    for (const residents of [this.passing, this.accounts.values()]) {
      for (const resident of residents) {
        if (this.weight <= this.weightMax) return;
        if (resident.isEvictable) this.drop(resident);
      }
    }
  }
}

/** Returns the memory that an account takes, counted in lots. */
function weightOf({ lotCount, payers }: Account): number {
  return accountWeight + payerWeight * payers.size + lotCount;
}
