import { sequenceAt, timestampAt } from './lot-node';
import type { PayerLots } from './payer-lots';

/** Children of a slot: a wide heap is shallow, and its four keys are adjacent in memory. */
export const heapWidth = 4;

/** The payers that have something to spend, as a heap by their next lot: the oldest is on top. */
export class PayerOrder {
  readonly payers: PayerLots[] = [];
  /** Timestamp and sequence of the next lot of each payer, in the order of `payers`. */
  private readonly keys: number[] = [];

  /** Moves a payer to where its next lot belongs, or removes it if it has none. O(log P). */
  update(payer: PayerLots): void {
    const { leaf, place } = payer;
    if (leaf === null) {
      if (place >= 0) this.remove(payer);
      return;
    }
    const timestamp = timestampAt(leaf, payer.index);
    const sequence = sequenceAt(leaf, payer.index);
    if (place < 0) {
      this.keys.push(timestamp, sequence);
      this.payers.push(payer);
      this.rise(this.payers.length - 1, payer, timestamp, sequence);
    } else if (this.keys[place * 2 + 1] !== sequence) {
      this.settle(place, payer, timestamp, sequence);
    }
  }

  private remove(payer: PayerLots): void {
    const { place } = payer;
    payer.place = -1;
    const last = this.payers.pop()!;
    const sequence = this.keys.pop()!;
    const timestamp = this.keys.pop()!;
    if (last !== payer) this.settle(place, last, timestamp, sequence);
  }

  private settle(place: number, payer: PayerLots, timestamp: number, sequence: number): void {
    const parent = (place - 1) >> 2;
    if (place > 0 && this.isAfter(parent, timestamp, sequence)) {
      this.rise(place, payer, timestamp, sequence);
    } else {
      this.sink(place, payer, timestamp, sequence);
    }
  }

  private rise(from: number, payer: PayerLots, timestamp: number, sequence: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      if (!this.isAfter(parent, timestamp, sequence)) break;
      this.move(parent, place);
      place = parent;
    }
    this.put(place, payer, timestamp, sequence);
  }

  private sink(from: number, payer: PayerLots, timestamp: number, sequence: number): void {
    const count = this.payers.length;
    let place = from;
    for (;;) {
      const first = place * heapWidth + 1;
      if (first >= count) break;
      let least = first;
      const end = Math.min(first + heapWidth, count);
      for (let child = first + 1; child < end; child += 1) {
        if (this.isAfter(least, this.keys[child * 2]!, this.keys[child * 2 + 1]!)) least = child;
      }
      if (this.isAfter(least, timestamp, sequence)) break;
      this.move(least, place);
      place = least;
    }
    this.put(place, payer, timestamp, sequence);
  }

  private isAfter(place: number, timestamp: number, sequence: number): boolean {
    const at = this.keys[place * 2]!;
    return at > timestamp || (at === timestamp && this.keys[place * 2 + 1]! > sequence);
  }

  private move(from: number, to: number): void {
    this.put(to, this.payers[from]!, this.keys[from * 2]!, this.keys[from * 2 + 1]!);
  }

  private put(place: number, payer: PayerLots, timestamp: number, sequence: number): void {
    this.keys[place * 2] = timestamp;
    this.keys[place * 2 + 1] = sequence;
    this.payers[place] = payer;
    payer.place = place;
  }
}
