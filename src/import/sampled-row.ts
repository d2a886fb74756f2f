import type { ImportRow } from './read-import';

/** A row that is looked up among the entries of its account. */
export interface SampledRow {
  readonly accountId: string;
  /** The part of the derived key after the name: hash and number. */
  readonly derived: string;
}

const derivedKey = /^(.*):([0-9a-f]{24}:\d+)$/s;

/** Splits a derived key into the name of its import and the rest; null for any other key. */
export function partsOfKey(
  key: string,
): { readonly name: string; readonly derived: string } | null {
  const parts = derivedKey.exec(key);
  return parts === null ? null : { name: parts[1], derived: parts[2] };
}

/** Copies the texts: a slice would keep the whole chunk of the file in memory. */
export function sampledRow({ input }: ImportRow): SampledRow {
  const { derived } = partsOfKey(input.idempotencyKey)!;
  return JSON.parse(JSON.stringify({ accountId: input.accountId, derived })) as SampledRow;
}
