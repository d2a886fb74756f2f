import { registerEnumType } from 'type-graphql';
import type { SpentPart as LedgerSpentPart } from '../../ledger/command';

/** As the object from which type-graphql makes an enum. */
export const SpentPart = { REFUSE: 'REFUSE', DEBIT: 'DEBIT' } as const satisfies Readonly<
  Record<LedgerSpentPart, LedgerSpentPart>
>;

export type SpentPart = LedgerSpentPart;

registerEnumType(SpentPart, {
  name: 'SpentPart',
  description: 'What happens when points of a grant that is reversed are spent.',
  valuesConfig: {
    REFUSE: { description: 'The whole reversal is refused: LOT_IS_SPENT.' },
    DEBIT: {
      description:
        "The spent points become a debit of the payer, which covers the payer's oldest unspent " +
        'points, in the same entry.',
    },
  },
});
