import { Field, Int, InterfaceType } from 'type-graphql';
import { encodeEntryId } from '../../ids/entry-id';
import type { Entry as LedgerEntry } from '../../ledger/entry';
import { DateTime } from '../scalars/date-time';
import { ID } from '../scalars/id';

@InterfaceType({
  description:
    'One accepted change of an account. Entries are numbered 1, 2, 3 … without a gap, at most ' +
    '2147483647, and never change.',
})
export abstract class Entry {
  /** Encoded lazily: most rows of an import are returned without it. */
  @Field(() => ID, { description: 'Unique over all entries of all kinds.' })
  get id(): string {
    return encodeEntryId({
      accountId: this.accountId,
      sequence: this.sequence,
      id: this.#journalId,
    });
  }

  @Field(() => ID, { description: 'The account that was changed.' })
  readonly accountId: string;

  @Field(() => Int, { description: 'The number of the entry in its account.' })
  readonly sequence: number;

  @Field(() => DateTime, {
    description: "When the change was accepted. Never before the previous entry's.",
  })
  readonly recordedAt: number;

  @Field(() => String, {
    nullable: true,
    description: "The client's own words for it: an order, a campaign.",
  })
  readonly reference: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The idempotency key of the change, if it had one. No other change of the account has it.',
  })
  readonly idempotencyKey: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Who made the change: the name of a key or the subject of a token. Null if nobody had to ' +
      'authenticate, and for lapses. Needs the scope points:admin.',
  })
  readonly actor: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 over the previous entry's digest and all values of this one: 64 lower-case " +
      'hexadecimal digits. Null for an entry of a version before digests. `docs/digest.md` defines it.',
  })
  readonly digest: string | null;

  readonly #journalId: string;

  constructor(entry: LedgerEntry) {
    this.#journalId = entry.id;
    this.accountId = entry.accountId;
    this.sequence = entry.sequence;
    this.recordedAt = entry.recordedAt;
    this.reference = entry.reference;
    this.idempotencyKey = entry.idempotencyKey;
    this.actor = entry.actor ?? null;
    this.digest = entry.digest;
  }
}
