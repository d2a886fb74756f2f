import { registerEnumType } from 'type-graphql';
import { type RefusalCode, refusalCodes } from '../../ledger/refusal';

const text =
  '1 to 255 UTF-16 code units, not blank, no control character (\\p{Cc}), well-formed Unicode. ' +
  'Nothing is trimmed or case-folded.';

const newName =
  'A name that is new must also display something and hide nothing: no ' +
  'Default_Ignorable_Code_Point, Bidi_Control or U+2800, except U+200C and U+200D where a script or ' +
  'an emoji needs them, a variation selector after a visible character, and the tags of an emoji ' +
  'flag.';

/** The ledger's codes, in their order, as the object from which type-graphql makes an enum. */
export const UserErrorCode = Object.fromEntries(
  refusalCodes.map((code) => [code, code]),
) as Readonly<Record<RefusalCode, RefusalCode>>;

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'In order of precedence: where two apply, the earlier one is answered.',
  valuesConfig: {
    INVALID_ACCOUNT: {
      description:
        `The account id is not a valid text: ${text} ${newName} ` +
        'It is new in a transaction if the account has no entry.',
    },
    INVALID_PAYER: {
      description:
        `The payer is not a valid text: ${text} ${newName} ` +
        'It is new if the account has no entry of this payer.',
    },
    INVALID_POINTS: {
      description:
        'Zero in an add; zero or less in a spend. Zero or less in a reversal, a hold or a capture.',
    },
    INVALID_DATES: { description: 'A debit has availableFrom or expiresAt, which are for grants.' },
    INVALID_PAYERS: {
      description:
        'A choice of payers is empty, has more than 100 names, or has a name that is not a valid ' +
        'payer.',
    },
    INVALID_REFERENCE: { description: `The reference is not a valid text: ${text}` },
    INVALID_IDEMPOTENCY_KEY: { description: `The idempotency key is not a valid text: ${text}` },
    IDEMPOTENCY_KEY_REUSED: {
      description:
        'An accepted change of this account has the key, and its kind, payer, points, instant or ' +
        'reference differs, or its dates, the entry that it is about, its choices, spentPart or ' +
        'keepRest.',
    },
    ENTRY_NOT_FOUND: {
      description:
        'No entry of this account has the id: it is malformed, of another account, or of nothing; ' +
        'for a capture or a release also if the entry is not a hold.',
    },
    NOT_REVERSIBLE: {
      description:
        'The entry is of a kind that the mutation does not reverse. A reversal cannot be reversed.',
    },
    NEVER_SPENDABLE: {
      description: 'expiresAt is not later than now, or not later than availableFrom.',
    },
    HOLD_IS_OVER: {
      description: 'The hold was captured or released before, or its end has come.',
    },
    HOLDS_EXCEEDED: { description: 'The account has 1,000 open holds.' },
    EXCEEDS_HELD: { description: 'The points exceed what the hold still holds.' },
    EXCEEDS_REVERSIBLE: {
      description:
        'The points exceed what can still be reversed of the entry; also if nothing is left.',
    },
    LOT_IS_SPENT: {
      description: 'Points of the grant are spent, and spentPart is REFUSE.',
    },
    PAYER_WOULD_GO_NEGATIVE: {
      description: "The points to take back exceed the payer's balance.",
    },
    INSUFFICIENT_POINTS: { description: 'An unknown account has none.' },
    POINTS_OUT_OF_RANGE: {
      description:
        'The open lots of the account, those under debits included, would sum to more than ' +
        '9007199254740991. Pending and held points count too.',
    },
  },
});
