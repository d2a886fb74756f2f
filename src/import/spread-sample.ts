/**
 * Takes a sample that is spread evenly over a sequence of unknown length. Holds at most twice the
 * size: when that is reached, it keeps every second item, and from then on takes every second one.
 */
export class SpreadSample<Item> {
  private kept: Item[] = [];
  private stride = 1;
  private seen = 0;

  constructor(private readonly size: number) {}

  /** @param make called only if the item is kept. */
  add(make: () => Item): void {
    if (this.seen % this.stride === 0) this.kept.push(make());
    this.seen += 1;
    if (this.kept.length < 2 * this.size) return;
    this.kept = this.kept.filter((_item, at) => at % 2 === 0);
    this.stride *= 2;
  }

  /** Returns all items if there were no more than the size, and otherwise that many. */
  items(): Item[] {
    const { kept, size } = this;
    if (kept.length <= size) return kept;
    return Array.from(
      { length: size },
      (_unused, at) => kept[Math.floor((at * kept.length) / size)],
    );
  }
}
