const slotWords = 4;
const capacityMin = 64;
/** The table doubles when a larger share of its slots is in use. */
const loadMax = 0.75;

/**
 * Counts how often each hash of 96 bits occurred. A slot takes 16 bytes, which makes 21 to 43 bytes
 * for each distinct hash; a Map of texts takes about 150. Whole hashes are compared, so counts are
 * exact.
 */
export class Occurrences {
  private slots = new Uint32Array(capacityMin * slotWords);
  private used = 0;

  /** Counts one more occurrence of a hash, and returns the count. O(1). */
  add(first: number, second: number, third: number): number {
    const at = this.find(first, second, third);
    const { slots } = this;
    slots[at + 3] += 1;
    const count = slots[at + 3];
    if (count > 1) return count;
    slots[at] = first;
    slots[at + 1] = second;
    slots[at + 2] = third;
    this.used += 1;
    if (this.used * slotWords > slots.length * loadMax) this.grow();
    return count;
  }

  /** Returns the slot of a hash, or the free slot where it belongs. */
  private find(first: number, second: number, third: number): number {
    const { slots } = this;
    const mask = slots.length / slotWords - 1;
    for (let slot = first & mask; ; slot = (slot + 1) & mask) {
      const at = slot * slotWords;
      if (slots[at + 3] === 0) return at;
      if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return at;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += slotWords) {
      if (old[from + 3] === 0) continue;
      const at = this.find(old[from], old[from + 1], old[from + 2]);
      this.slots.set(old.subarray(from, from + slotWords), at);
    }
  }
}
