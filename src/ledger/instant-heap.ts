/** Children of a slot: a wide heap is shallow, and its four keys are adjacent in memory. */
export const heapWidth = 4;

/** What a heap orders. An item is in at most one heap. */
export interface HeapItem {
  /** The item's slot in the heap; -1 while it is in none. */
  place: number;
}

/** Items ordered by an instant and a sequence: the least is on top. */
export class InstantHeap<Item extends HeapItem> {
  readonly items: Item[] = [];
  /** Instant and sequence of each item, in the order of `items`. */
  private readonly keys: number[] = [];

  /** The instant of the item on top; infinite if the heap is empty. */
  get firstInstant(): number {
    return this.items.length === 0 ? Number.POSITIVE_INFINITY : this.keys[0]!;
  }

  /** Moves an item to where its key belongs; adds it if it is in no heap. O(log n). */
  set(item: Item, instant: number, sequence: number): void {
    const { place } = item;
    if (place < 0) {
      const last = this.items.length;
      item.place = last;
      this.keys.push(instant, sequence);
      this.items.push(item);
      if (last > 0) this.rise(last, item, instant, sequence);
    } else if (this.keys[place * 2 + 1] !== sequence) {
      this.settle(place, item, instant, sequence);
    }
  }

  /** Removes an item, if it is in the heap. O(log n). */
  remove(item: Item): void {
    const { place } = item;
    if (place < 0) return;
    item.place = -1;
    const last = this.items.pop()!;
    const sequence = this.keys.pop()!;
    const instant = this.keys.pop()!;
    if (last !== item) this.settle(place, last, instant, sequence);
  }

  private settle(place: number, item: Item, instant: number, sequence: number): void {
    const parent = (place - 1) >> 2;
    if (place > 0 && this.isAfter(parent, instant, sequence)) {
      this.rise(place, item, instant, sequence);
    } else {
      this.sink(place, item, instant, sequence);
    }
  }

  private rise(from: number, item: Item, instant: number, sequence: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      if (!this.isAfter(parent, instant, sequence)) break;
      this.move(parent, place);
      place = parent;
    }
    this.put(place, item, instant, sequence);
  }

  private sink(from: number, item: Item, instant: number, sequence: number): void {
    const count = this.items.length;
    let place = from;
    for (;;) {
      const first = place * heapWidth + 1;
      if (first >= count) break;
      let least = first;
      const end = Math.min(first + heapWidth, count);
      for (let child = first + 1; child < end; child += 1) {
        if (this.isAfter(least, this.keys[child * 2]!, this.keys[child * 2 + 1]!)) least = child;
      }
      if (this.isAfter(least, instant, sequence)) break;
      this.move(least, place);
      place = least;
    }
    this.put(place, item, instant, sequence);
  }

  private isAfter(place: number, instant: number, sequence: number): boolean {
    const at = this.keys[place * 2]!;
    return at > instant || (at === instant && this.keys[place * 2 + 1]! > sequence);
  }

  private move(from: number, to: number): void {
    this.put(to, this.items[from]!, this.keys[from * 2]!, this.keys[from * 2 + 1]!);
  }

  private put(place: number, item: Item, instant: number, sequence: number): void {
    this.keys[place * 2] = instant;
    this.keys[place * 2 + 1] = sequence;
    this.items[place] = item;
    item.place = place;
  }
}
