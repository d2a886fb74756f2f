import type { Allocation } from '../ledger/entry';
import { shownPoints } from '../ledger/shown-points';
import { shownInstant } from './shown-instant';

/** Names a lot in a finding. */
export function shownLot(lot: Pick<Allocation, 'payer' | 'sequence' | 'timestamp'>): string {
  const { payer, sequence, timestamp } = lot;
  return `${JSON.stringify(payer)} from entry ${sequence}, earned at ${shownInstant(timestamp)}`;
}

/** Names an allocation with all of its values. */
export function shownAllocation(allocation: Allocation): string {
  const { points, expiresAt } = allocation;
  const lot = `${shownPoints(points)} of ${shownLot(allocation)}`;
  return expiresAt === undefined ? lot : `${lot}, that expire at ${shownInstant(expiresAt)}`;
}
