import { Field } from 'type-graphql';

/** Declares the reference of the input of a change. */
export function ReferenceField(): PropertyDecorator {
  const description =
    "The client's own words for it: an order, a campaign. At most 255 characters. " +
    'Counted in UTF-16 code units; not blank, no control character (\\p{Cc}), well-formed Unicode.';
  return Field(() => String, { nullable: true, description });
}

/** Declares the idempotency key of the input of a change. */
export function IdempotencyKeyField(): PropertyDecorator {
  const description =
    'Makes a retry safe: if an accepted change of this account has the key, its first result is ' +
    'returned again and nothing is added. Unique per account, forever. A refused call does not use ' +
    'up its key. 1 to 255 UTF-16 code units, not blank, no control character (\\p{Cc}), well-formed Unicode.';
  return Field(() => String, { nullable: true, description });
}
