import type { Account } from '../../../src/ledger/account';
import type { Changes, AccountView as FeedView } from '../../../src/service/feed/follow';
import type { LedgerService } from '../../../src/service/ledger-service';

/** What a test compares of a received change: the entry's sequence, and the points beside it. */
interface Received {
  readonly sequence: number;
  readonly id: string;
  readonly points: number;
}

const points: FeedView<number> = {
  key: 'points',
  copy: ({ points }: Account) => points,
  rowsOf: () => 1,
};

export class Subscriber {
  readonly received: Received[] = [];
  error: unknown = null;
  isOver = false;
  private readonly waiting = new Set<() => void>();

  private constructor(readonly changes: Changes<number>) {
    void this.listen();
  }

  static async on(
    service: LedgerService,
    accountId: string,
    after: number | null = null,
  ): Promise<Subscriber> {
    return new Subscriber(await service.follow({ accountId, after, view: points }));
  }

  get sequences(): number[] {
    return this.received.map(({ sequence }) => sequence);
  }

  /** Resolves when so many changes were received, or the stream ended. */
  async receives(count: number): Promise<this> {
    while (this.received.length < count && !this.isOver) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
    return this;
  }

  async ends(): Promise<this> {
    return this.receives(Number.POSITIVE_INFINITY);
  }

  private async listen(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.changes.next();
        if (done) break;
        const { entry, view } = value;
        this.received.push({ sequence: entry.sequence, id: entry.id, points: view ?? Number.NaN });
        this.notify();
      }
    } catch (error) {
      this.error = error;
    }
    this.isOver = true;
    this.notify();
  }

  private notify(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
