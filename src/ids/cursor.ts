import { sequenceMax } from '../ledger/decide';
import type { LotKey } from '../ledger/entry';
import type { ExpiryKey } from '../ledger/expiry-walk';
import { instantMax, instantMin } from '../ledger/instant';
import { decodeOpaque, encodeOpaque, wholeNumber } from './opaque';

/**
 * Cursors contain their connection and account, so that a foreign one is refused and not misread.
 * The functions that read one return a {@link CursorProblem} if it is foreign.
 */
type Connection = 'lots' | 'pendingLots' | 'expiries' | 'holds' | 'history' | 'accounts';

/** Why a text is not a cursor of a connection: the rest of a sentence about the argument. */
export class CursorProblem {
  constructor(readonly reason: string) {}
}

export function lotCursor(accountId: string, { timestamp, sequence }: LotKey): string {
  return encodeOpaque('lots', accountId, timestamp, sequence);
}

/** Reads a position in the order of lots, which stays valid when its lot is spent. */
export function readLotCursor(accountId: string, cursor: string): LotKey | CursorProblem {
  return readKey('lots', accountId, cursor);
}

/** @param key has the instant at which the lot begins in place of its timestamp. */
export function pendingLotCursor(accountId: string, { timestamp, sequence }: LotKey): string {
  return encodeOpaque('pendingLots', accountId, timestamp, sequence);
}

export function readPendingLotCursor(accountId: string, cursor: string): LotKey | CursorProblem {
  return readKey('pendingLots', accountId, cursor);
}

/** @param key has the instant at which the hold ends in place of a timestamp. */
export function holdCursor(accountId: string, { timestamp, sequence }: LotKey): string {
  return encodeOpaque('holds', accountId, timestamp, sequence);
}

export function readHoldCursor(accountId: string, cursor: string): LotKey | CursorProblem {
  return readKey('holds', accountId, cursor);
}

export function expiryCursor(accountId: string, expiry: ExpiryKey): string {
  const { at, timestamp, sequence } = expiry;
  return encodeOpaque('expiries', accountId, at, timestamp, sequence);
}

export function readExpiryCursor(accountId: string, cursor: string): ExpiryKey | CursorProblem {
  const position = positionOf('expiries', accountId, cursor);
  if (position instanceof CursorProblem) return position;
  const at = readInstant(position[0]);
  const key = keyOf(position.slice(1));
  return at === null || key === null ? foreign('expiries') : { at, ...key };
}

function readKey(
  connection: 'lots' | 'pendingLots' | 'holds',
  accountId: string,
  cursor: string,
): LotKey | CursorProblem {
  const position = positionOf(connection, accountId, cursor);
  if (position instanceof CursorProblem) return position;
  return keyOf(position) ?? foreign(connection);
}

function keyOf(position: readonly string[]): LotKey | null {
  const timestamp = readInstant(position[0]);
  const sequence = readSequence(position.slice(1));
  return timestamp === null || sequence === null ? null : { timestamp, sequence };
}

function readInstant(part: string | undefined): number | null {
  const instant = wholeNumber(part);
  return instant !== null && instant >= instantMin && instant <= instantMax ? instant : null;
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
