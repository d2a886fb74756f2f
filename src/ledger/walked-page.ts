/** A range of an order, and how much of it a page takes. */
export interface PageRange<Key> {
  /** Bounds, both exclusive; null for none. Nothing needs to be at them. */
  readonly after: Key | null;
  readonly before: Key | null;
  /** The end of the range from which `limit` items are taken. The page is in order anyway. */
  readonly from: 'start' | 'end';
  readonly limit: number;
}

export interface WalkedPage<Item> {
  readonly items: readonly Item[];
  /**
   * True if items exist before the first of the page, and after its last; if empty, beside its
   * range.
   */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Items in an order in which the sequence decides last. */
interface Walkable<Item, Key extends { readonly sequence: number }> {
  /**
   * Begins a walk after a key, or before it if the step is -1; at the end if the key is null. It
   * returns null at the other end.
   */
  walk(step: 1 | -1, from: Key | null): () => Item | null;
  keyOf(item: Item): Key;
  /** Returns a negative number if `a` comes first. */
  compare(a: Key, b: Key): number;
}

/** Returns a page of an order that can be walked in both directions: one item more is visited. */
export function walkedPage<Item, Key extends { readonly sequence: number }>(
  order: Walkable<Item, Key>,
  { after, before, from, limit }: PageRange<Key>,
): WalkedPage<Item> {
  const forward = from === 'start';
  const step = forward ? 1 : -1;
  const [near, far] = forward ? [after, before] : [before, after];
  const next = order.walk(step, near);
  const items: Item[] = [];
  let item = next();
  while (item !== null && items.length < limit && isInside(order, item, far, step)) {
    items.push(item);
    item = next();
  }
  const edge = items.length > 0 ? order.keyOf(items[0]!) : pastKey(near, step);
  const isBehind = edge !== null && order.walk(forward ? -1 : 1, edge)() !== null;
  const isAhead = item !== null;
  return forward
    ? { items, hasPrevious: isBehind, hasNext: isAhead }
    : { items: items.reverse(), hasPrevious: isAhead, hasNext: isBehind };
}

function isInside<Item, Key extends { readonly sequence: number }>(
  { keyOf, compare }: Walkable<Item, Key>,
  item: Item,
  far: Key | null,
  step: 1 | -1,
): boolean {
  return far === null || compare(keyOf(item), far) * step < 0;
}

/**
 * Returns the key next to a bound, so that a walk the other way begins with what is at the bound.
 */
function pastKey<Key extends { readonly sequence: number }>(
  key: Key | null,
  step: 1 | -1,
): Key | null {
  return key && { ...key, sequence: key.sequence + step };
}
