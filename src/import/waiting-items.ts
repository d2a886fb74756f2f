import type { ImportItem } from './read-import';
import { rowsPerCall } from './send-rows';

/** From this many waiting rows of one bucket on, a call holds rows of that bucket only. */
export const rowsOfBucketMin = 50;

interface Waiting {
  readonly item: ImportItem;
  /** Of its account; that of the row before, if the item is a refused row. */
  readonly bucket: number;
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

  push(item: ImportItem, bucket: number): void {
    this.items.push({ item, bucket });
  }

  clear(): void {
    this.items = [];
  }

  /**
   * Takes the items of the next call: those of the bucket with the most rows, if they are at least
   * {@link rowsOfBucketMin}, or else the first of all buckets. Takes time linear in the count.
   */
  take(): ImportItem[] {
    const bucket = this.fullestBucket();
    const taken: ImportItem[] = [];
    this.items = this.items.filter((waiting) => {
      const isTaken = taken.length < rowsPerCall && (bucket === null || waiting.bucket === bucket);
      if (isTaken) taken.push(waiting.item);
      return !isTaken;
    });
    return taken;
  }

  private fullestBucket(): number | null {
    const rows = new Map<number, number>();
    for (const { item, bucket } of this.items) {
      if (item.kind === 'row') rows.set(bucket, (rows.get(bucket) ?? 0) + 1);
    }
    const [fullest] = [...rows].sort(([, left], [, right]) => right - left);
    return fullest !== undefined && fullest[1] >= rowsOfBucketMin ? fullest[0] : null;
  }
}
