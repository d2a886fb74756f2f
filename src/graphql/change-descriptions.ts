/** Descriptions that all changes share. */
export const referenceDescription =
  "The client's own words for it: an order, a campaign. At most 255 characters. " +
  'Counted in UTF-16 code units; not blank, no control character (\\p{Cc}), well-formed Unicode.';

export const idempotencyKeyDescription =
  'Makes a retry safe: if an accepted change of this account has the key, its first result is ' +
  'returned again and nothing is added. Unique per account, forever. A refused call does not use ' +
  'up its key. 1 to 255 UTF-16 code units, not blank, no control character (\\p{Cc}), well-formed Unicode.';

export const accountAfterDescription =
  'The account as it is now, in one consistent state that includes this change; also on a replay ' +
  'and on a refusal; null if the account is unknown.';

export const replayedDescription =
  'True if an accepted change of this account already has the idempotency key: the result is that ' +
  'of the first call, and nothing was added. Replays are found before balances are checked.';

export const errorsDescription =
  'On a refusal, one error: the first that applies in the order of UserErrorCode. Otherwise empty.';
