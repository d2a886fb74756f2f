import { Field, ObjectType } from 'type-graphql';
import type { LotKey } from '../../ledger/entry';
import type { OpenLot } from '../../ledger/lot-page';
import { Points } from '../scalars/points';

@ObjectType({
  simpleResolvers: true,
  description: 'Points of one transaction that can still be spent.',
})
export class Lot {
  readonly key: LotKey;

  @Field(() => Points, { description: 'Greater than zero.' })
  readonly remaining: number;

  constructor(
    readonly accountId: string,
    lot: OpenLot,
  ) {
    this.key = { timestamp: lot.timestamp, sequence: lot.sequence };
    this.remaining = lot.remaining;
  }
}
