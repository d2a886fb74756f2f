import type { ImportRow } from './read-import';

/** The most rows of a call. So many fit into a body of 4 MiB with every text at its longest. */
export const rowsPerCall = 1_000;

/** What the server said of one row. */
export interface SentRow {
  readonly replayed: boolean;
  /** Null where the row was accepted, now or before. */
  readonly refusal: { readonly code: string; readonly reason: string } | null;
}

/**
 * The server cannot be had, or did not say what became of a call: it is made again, which the keys
 * make safe.
 */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

/**
 * Sends rows in one call and answers in their order. Throws {@link ServerAway} where the same call
 * is to be made again, and anything else where the import has to end.
 */
export type SendRows = (rows: readonly ImportRow['input'][]) => Promise<readonly SentRow[]>;
