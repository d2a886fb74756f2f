import { Occurrences } from './occurrences';

/**
 * Counts distinct texts by a hash of 96 bits, in 21 to 43 bytes each. The hash is not
 * cryptographic: for counts that are shown, not for decisions.
 */
export class DistinctCount {
  private readonly hashes = new Occurrences();
  private distinct = 0;

  get count(): number {
    return this.distinct;
  }

  add(text: string): void {
    let first = 0x811c9dc5;
    let second = 0x01000193;
    let third = 0x9e3779b9;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      first = Math.imul(first ^ code, 0x01000193);
      second = Math.imul(second ^ code, 0x85ebca6b) + first;
      third = Math.imul(third ^ code, 0xc2b2ae35) ^ (second >>> 15);
    }
    const isFirst = this.hashes.add(first >>> 0, second >>> 0, third >>> 0) === 1;
    if (isFirst) this.distinct += 1;
  }
}
