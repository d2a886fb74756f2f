import { type AccountObserver, ResidentAccount } from './resident-account';

/** The accounts in memory, bounded by their size; the least recently used ones leave first. */
export class ResidentAccounts {
  private readonly accounts = new Map<string, ResidentAccount>();
  /** What each account counted for when it was last used. */
  private readonly weights = new Map<string, number>();
  private weight = 0;

  /** @param weightMax the most lots, or what takes as much memory as they. */
  constructor(
    private readonly weightMax: number,
    private readonly observer: AccountObserver | null = null,
  ) {}

  get(accountId: string): ResidentAccount | undefined {
    return this.accounts.get(accountId);
  }

  create(accountId: string): ResidentAccount {
    const resident = new ResidentAccount(accountId, this.observer);
    this.accounts.set(accountId, resident);
    return resident;
  }

  /**
   * Forgets an account whose memory is not needed or not to be trusted; it is loaded anew when
   * asked for.
   */
  drop(resident: ResidentAccount): void {
    const { accountId } = resident;
    if (this.accounts.get(accountId) !== resident) return;
    this.accounts.delete(accountId);
    this.weight -= this.weights.get(accountId) ?? 0;
    this.weights.delete(accountId);
  }

  /** Notes that an account was used, and what it has grown to. */
  touch(resident: ResidentAccount): void {
    const { accountId, weight } = resident;
    if (this.accounts.get(accountId) !== resident) return;
    this.weight += weight - (this.weights.get(accountId) ?? 0);
    this.weights.set(accountId, weight);
    this.accounts.delete(accountId);
    this.accounts.set(accountId, resident);
  }

  /** Lets go of what is over the bound. Accounts that are busy or waited for stay. */
  evict(): void {
    if (this.weight <= this.weightMax) return;
    for (const resident of this.accounts.values()) {
      if (resident.busy === null && resident.pins === 0) this.drop(resident);
      if (this.weight <= this.weightMax) return;
    }
  }
}
