import type { GraphQLResolveInfo } from 'graphql';
import { Field, ObjectType } from 'type-graphql';
import { namesOf, type PayerChoice } from '../../ledger/payer-choice';
import type { ResponseBudget } from '../response-budget';

@ObjectType({
  simpleResolvers: true,
  description: 'Whose points were taken: one of the two is null. Names are sorted, each once.',
})
export class ChosenPayers {
  @Field(() => [String], { nullable: true, description: 'Only these payers.' })
  readonly only: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'All but these payers.' })
  readonly except: readonly string[] | null;

  constructor(choice: PayerChoice) {
    this.only = 'only' in choice ? choice.only : null;
    this.except = 'except' in choice ? choice.except : null;
  }
}

/** Presents a choice, and charges its names to the response. */
export function presentChoice(
  choice: PayerChoice | undefined,
  budget: ResponseBudget,
  info: GraphQLResolveInfo,
): ChosenPayers | null {
  if (choice === undefined) return null;
  budget.charge(namesOf(choice).length, info);
  return new ChosenPayers(choice);
}
