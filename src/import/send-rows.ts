import type { ImportRow } from './read-import';

/** The most rows of a call: they fit into a body of 4 MiB even if every text is the longest. */
export const rowsPerCall = 1_000;

/** The server's result for one row. */
export interface SentRow {
  readonly replayed: boolean;
  /** Null if the row was accepted, now or earlier. */
  readonly refusal: { readonly code: string; readonly reason: string } | null;
}

/**
 * The server is unreachable or busy, or the response to a call was lost. The call is retried, which
 * is safe because every row has a key.
 */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

/**
 * Sends rows in one call and returns their results in the same order. Rejects with {@link
 * ServerAway} if the same call should be retried, and with anything else if the import has to end.
 */
export type SendRows = (rows: readonly ImportRow['input'][]) => Promise<readonly SentRow[]>;
