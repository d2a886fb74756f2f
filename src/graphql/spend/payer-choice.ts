import { Field, InputType } from 'type-graphql';
import type { PayerChoice as LedgerChoice } from '../../ledger/payer-choice';

@InputType({
  description:
    'Whose points are taken: exactly one of the two. A name that is given twice counts once, and an ' +
    'unknown name has 0 points.',
})
export class PayerChoice {
  @Field(() => [String], { nullable: true, description: 'Only these payers: 1 to 100 names.' })
  readonly only?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'All but these payers: 1 to 100 names.' })
  readonly except?: readonly string[] | null;
}

export const payersDescription =
  'Takes the oldest free points of these payers. Debits count first, as always. Null for all payers.';

export const upToDescription = 'Takes as many points as there are, up to points, and at least one.';

interface Chosen {
  readonly payers?: PayerChoice | null;
  readonly upTo: boolean;
}

/** Returns the choices of an input as commands have them. */
export function choicesOf({ payers, upTo }: Chosen): { payers?: LedgerChoice; upTo?: true } {
  return {
    ...(payers == null ? {} : { payers: toChoice(payers) }),
    ...(upTo ? { upTo: true } : {}),
  };
}

/** Converts a choice, of which the schema lets exactly one of the two through. */
function toChoice({ only, except }: PayerChoice): LedgerChoice {
  return only == null ? { except: except ?? [] } : { only };
}
