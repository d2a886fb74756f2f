import { sequenceMax } from '../ledger/decide';
import type { LotKey } from '../ledger/entry';
import { instantMax, instantMin } from '../ledger/instant';
import { decodeOpaque, encodeOpaque, wholeNumber } from './opaque';

/**
 * Cursors contain their connection and account, so that a foreign one is refused and not misread.
 * The functions that read one return a {@link CursorProblem} if it is foreign.
 */
type Connection = 'lots' | 'history' | 'accounts';

/** Why a text is not a cursor of a connection: the rest of a sentence about the argument. */
export class CursorProblem {
  constructor(readonly reason: string) {}
}

export function lotCursor(accountId: string, { timestamp, sequence }: LotKey): string {
  return encodeOpaque('lots', accountId, timestamp, sequence);
}

/** Reads a position in the order of lots, which stays valid when its lot is spent. */
export function readLotCursor(accountId: string, cursor: string): LotKey | CursorProblem {
  const position = positionOf('lots', accountId, cursor);
  if (position instanceof CursorProblem) return position;
  const timestamp = wholeNumber(position[0]);
  const sequence = readSequence(position.slice(1));
  if (timestamp === null || timestamp < instantMin || timestamp > instantMax || sequence === null) {
    return foreign('lots');
  }
  return { timestamp, sequence };
}

export function historyCursor(accountId: string, sequence: number): string {
  return encodeOpaque('history', accountId, sequence);
}

export function readHistoryCursor(accountId: string, cursor: string): number | CursorProblem {
  const position = positionOf('history', accountId, cursor);
  if (position instanceof CursorProblem) return position;
  return readSequence(position) ?? foreign('history');
}

export function accountCursor(accountId: string): string {
  return encodeOpaque('accounts', accountId);
}

export function readAccountCursor(cursor: string): string | CursorProblem {
  const [kind, accountId, ...rest] = decodeOpaque(cursor) ?? [];
  const isOurs = kind === 'accounts' && accountId !== undefined && rest.length === 0;
  return isOurs ? accountId : foreign('accounts');
}

function positionOf(
  connection: Connection,
  accountId: string,
  cursor: string,
): string[] | CursorProblem {
  const [kind, owner, ...position] = decodeOpaque(cursor) ?? [];
  if (kind !== connection) return foreign(connection);
  if (owner === accountId) return position;
  return new CursorProblem(`is a cursor of another account's ${connection}.`);
}

function readSequence(position: readonly string[]): number | null {
  const sequence = position.length === 1 ? wholeNumber(position[0]) : null;
  return sequence !== null && sequence >= 1 && sequence <= sequenceMax ? sequence : null;
}

function foreign(connection: Connection): CursorProblem {
  return new CursorProblem(
    `is not a cursor of ${connection}; pass one of its edges or its pageInfo, unchanged.`,
  );
}
