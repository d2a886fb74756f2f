import type { ImportItem } from './read-import';
import { rowsPerCall } from './send-rows';

/** From this many waiting rows of one bucket on, a call holds rows of that bucket only. */
export const rowsOfBucketMin = 50;

interface Waiting {
  readonly item: ImportItem;
  /** Of its account; null for a refused row before the first row, which goes with any call. */
  readonly bucket: number | null;
}

/**
 * The rows that wait for a call, in the order of the file. A load balancer can send a call of one
 * bucket to the server that has its accounts; other calls can go to any server.
 */
export class WaitingItems {
  private items: Waiting[] = [];

  get count(): number {
    return this.items.length;
  }

  push(item: ImportItem, bucket: number | null): void {
    this.items.push({ item, bucket });
  }

  clear(): void {
    this.items = [];
  }

  /**
   * Takes the items of the next call. Each bucket with at least {@link rowsOfBucketMin} rows has
   * calls of its own, and all others together have calls for the rest. The call is for the item
   * that waits longest, unless it would hold fewer rows than that while another would not. Takes
   * time linear in the count.
   */
  take(): ImportItem[] {
    const groupOf = this.grouping();
    const others = this.items.filter((waiting) => groupOf(waiting) === 'others').length;
    const isWorthIt = (group: Group) => group !== 'others' || others >= rowsOfBucketMin;
    const next = this.items.map(groupOf).find(isWorthIt) ?? 'others';
    const taken: ImportItem[] = [];
    this.items = this.items.filter((waiting) => {
      const fits = waiting.bucket === null || groupOf(waiting) === next;
      if (!fits || taken.length === rowsPerCall) return true;
      taken.push(waiting.item);
      return false;
    });
    return taken;
  }

  private grouping(): (waiting: Waiting) => Group {
    const rows = new Map<number | null, number>();
    for (const { item, bucket } of this.items) {
      if (item.kind === 'row') rows.set(bucket, (rows.get(bucket) ?? 0) + 1);
    }
    return ({ bucket }) =>
      bucket !== null && (rows.get(bucket) ?? 0) >= rowsOfBucketMin ? bucket : 'others';
  }
}

type Group = number | 'others';
