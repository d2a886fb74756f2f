import { Field, ObjectType } from 'type-graphql';
import type { LotKey } from '../../ledger/entry';
import type { OpenLot } from '../../ledger/lot-page';
import type { PendingLot as LedgerPendingLot } from '../../ledger/pending-lots';
import { DateTime } from '../scalars/date-time';
import { Points } from '../scalars/points';

@ObjectType({
  simpleResolvers: true,
  description:
    'Points of one transaction that can still be spent, or can be spent once they begin.',
})
export class Lot {
  /** Its place in its connection. */
  readonly key: LotKey;

  @Field(() => Points, { description: 'Greater than zero.' })
  readonly remaining: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From this instant on, what is unspent is gone. Null if the points never expire.',
  })
  readonly expiresAt: number | null;

  constructor(
    readonly accountId: string,
    lot: OpenLot,
  ) {
    this.key = { timestamp: lot.timestamp, sequence: lot.sequence };
    this.remaining = lot.remaining;
    this.expiresAt = lot.expiresAt ?? null;
  }
}

/** Returns a lot whose place among the pending ones is that of its beginning. */
export function pendingLot(accountId: string, lot: LedgerPendingLot): Lot {
  const { payer, sequence, points, availableFrom, expiresAt } = lot;
  const place = { payer, timestamp: availableFrom, sequence, remaining: points };
  return new Lot(accountId, expiresAt === undefined ? place : { ...place, expiresAt });
}
