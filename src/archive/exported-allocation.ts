import type { Allocation } from '../ledger/entry';
import { instantText } from './instant-text';

/** The part of a spend that one lot paid; `sequence` is that of the transaction that opened it. */
export interface ExportedAllocation {
  readonly sequence: number;
  readonly payer: string;
  readonly timestamp: string;
  /** Absent if the lot never expires. */
  readonly expiresAt?: string;
  readonly points: number;
}

/** Returns an allocation as an export holds it. */
export function exportedAllocation(allocation: Allocation): ExportedAllocation {
  const { sequence, payer, timestamp, points, expiresAt } = allocation;
  const plain = { sequence, payer, timestamp: instantText(timestamp), points };
  return expiresAt === undefined ? plain : { ...plain, expiresAt: instantText(expiresAt) };
}

/** Returns allocations with their members in a fixed order. */
export function allocationsInOrder(
  allocations: readonly ExportedAllocation[],
): ExportedAllocation[] {
  return allocations.map(({ sequence, payer, timestamp, expiresAt, points }) => ({
    sequence,
    payer,
    timestamp,
    expiresAt,
    points,
  }));
}
