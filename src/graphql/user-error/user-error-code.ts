import { registerEnumType } from 'type-graphql';
import { type RefusalCode, refusalCodes } from '../../ledger/refusal';

const text =
  '1 to 255 UTF-16 code units, not blank, no control character (\\p{Cc}), well-formed Unicode. ' +
  'Nothing is trimmed or folded.';

const newName =
  'A name that is new must also display something and hide nothing: no ' +
  'Default_Ignorable_Code_Point, Bidi_Control or U+2800, except U+200C and U+200D where a script or ' +
  'an emoji needs them, a variation selector after a visible character, and the tags of an emoji ' +
  'flag.';

/** The ledger's list of codes, in its order, as the object that type-graphql makes an enum of. */
export const UserErrorCode = Object.fromEntries(
  refusalCodes.map((code) => [code, code]),
) as Readonly<Record<RefusalCode, RefusalCode>>;

registerEnumType(UserErrorCode, {
  name: 'UserErrorCode',
  description: 'In order of precedence: where two apply, the earlier one is answered.',
  valuesConfig: {
    INVALID_ACCOUNT: {
      description:
        `The account id is no valid text: ${text} ${newName} ` +
        'It is new in a transaction if the account has no entry.',
    },
    INVALID_PAYER: {
      description:
        `The payer is no valid text: ${text} ${newName} ` +
        'It is new if the account has no entry of this payer.',
    },
    INVALID_POINTS: { description: 'Zero in an add; zero or less in a spend.' },
    INVALID_REFERENCE: { description: `The reference is no valid text: ${text}` },
    INVALID_IDEMPOTENCY_KEY: { description: `The idempotency key is no valid text: ${text}` },
    IDEMPOTENCY_KEY_REUSED: {
      description:
        'An accepted change of this account carries the key, and its kind, payer, points, ' +
        'instant or reference was another.',
    },
    PAYER_WOULD_GO_NEGATIVE: {
      description: "More points would be taken back from the payer than the payer's balance holds.",
    },
    INSUFFICIENT_POINTS: { description: 'An unknown account has none.' },
    POINTS_OUT_OF_RANGE: {
      description:
        'The open lots of the account, those under debits included, would sum to more than ' +
        '9007199254740991.',
    },
  },
});
