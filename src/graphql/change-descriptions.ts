/** Words that all changes share. */
export const referenceDescription =
  "The client's own words for it: an order, a campaign. At most 255 characters. " +
  'Counted in UTF-16 code units; not blank, no control character (\\p{Cc}), well-formed Unicode.';

export const idempotencyKeyDescription =
  'Makes a retry safe: where an accepted change of this account carries the key, its first answer ' +
  'is given again and nothing is added. Unique per account, for ever. A refused call uses up no ' +
  'key. 1 to 255 UTF-16 code units, not blank, no control character (\\p{Cc}), well-formed Unicode.';

export const accountAfterDescription =
  'The account as it is now, in one consistent state with this change in it; also on a replay and ' +
  'on a refusal; null if the account is unknown.';

export const replayedDescription =
  'True where an accepted change of this account carries the idempotency key: its first answer ' +
  'again, nothing added. A replay is found before balances are looked at.';

export const errorsDescription =
  'On a refusal one error, the first that applies in the order of UserErrorCode; else empty.';
