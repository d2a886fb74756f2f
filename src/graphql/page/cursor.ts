import { sequenceMax } from '../../ids/entry-id';
import { decodeOpaque, encodeOpaque, wholeNumber } from '../../ids/opaque';
import type { LotKey } from '../../ledger/entry';
import { instantMax, instantMin } from '../../ledger/instant';
import { badUserInput } from '../user-fault';

/**
 * Cursors name their connection and account, so that one that was taken elsewhere is refused, not
 * misread.
 */
type Connection = 'lots' | 'history' | 'accounts';

export function lotCursor(accountId: string, { timestamp, sequence }: LotKey): string {
  return encodeOpaque('lots', accountId, timestamp, sequence);
}

/** Stays valid when its lot is spent: it is a place in the order, not a lot. */
export function readLotCursor(accountId: string, cursor: string, argument: string): LotKey {
  const [timestampPart, ...rest] = positionOf('lots', accountId, cursor, argument);
  const timestamp = wholeNumber(timestampPart);
  const sequence = readSequence(rest);
  if (timestamp === null || timestamp < instantMin || timestamp > instantMax || sequence === null) {
    throw foreign(argument, 'lots');
  }
  return { timestamp, sequence };
}

export function historyCursor(accountId: string, sequence: number): string {
  return encodeOpaque('history', accountId, sequence);
}

export function readHistoryCursor(accountId: string, cursor: string, argument: string): number {
  const sequence = readSequence(positionOf('history', accountId, cursor, argument));
  if (sequence === null) throw foreign(argument, 'history');
  return sequence;
}

export function accountCursor(accountId: string): string {
  return encodeOpaque('accounts', accountId);
}

export function readAccountCursor(cursor: string, argument: string): string {
  const parts = decodeOpaque(cursor);
  if (parts?.length !== 2 || parts[0] !== 'accounts') throw foreign(argument, 'accounts');
  return parts[1] as string;
}

function positionOf(
  connection: Connection,
  accountId: string,
  cursor: string,
  argument: string,
): string[] {
  const [kind, owner, ...position] = decodeOpaque(cursor) ?? [];
  if (kind !== connection) throw foreign(argument, connection);
  if (owner !== accountId) {
    throw badUserInput(`${argument} is a cursor of another account's ${connection}.`);
  }
  return position;
}

function readSequence(position: readonly string[]): number | null {
  const sequence = position.length === 1 ? wholeNumber(position[0]) : null;
  return sequence !== null && sequence >= 1 && sequence <= sequenceMax ? sequence : null;
}

function foreign(argument: string, connection: Connection): Error {
  return badUserInput(
    `${argument} is no cursor of ${connection}: take one from its edges or its pageInfo, unchanged.`,
  );
}
