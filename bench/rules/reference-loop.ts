const names = Array.from({ length: 1_000 }, (_, index) => `name ${index}`);
const counts = new Map(names.map((name) => [name, 0]));
const recent: object[] = [];

/** Work of a known cost: a look-up in a Map, a change of it, and one small object. */
export function referenceLoop(operations: number): void {
  for (let index = 0; index < operations; index += 1) {
    const name = names[index % names.length];
    const count = counts.get(name)! + 1;
    counts.set(name, count);
    recent[index & 255] = { name, count, index };
  }
}
