import { Field, InterfaceType } from 'type-graphql';
import type { Refusal, RefusalCode } from '../../ledger/refusal';
import { UserErrorCode } from './user-error-code';

@InterfaceType({
  description:
    'A refusal that a correct client can meet. Concrete types carry the figures behind it.',
})
export abstract class UserError {
  @Field(() => UserErrorCode, { description: 'What was refused, for programs.' })
  readonly code: RefusalCode;

  @Field(() => String, {
    description: 'What was wrong and what would be right, for people. The wording may change.',
  })
  readonly message: string;

  @Field(() => [String], {
    nullable: true,
    description:
      'The input field at fault, from the root of the input: ["points"], in a bulk ' +
      '["transactions", "17", "points"], counted from 0.',
  })
  readonly path: readonly string[];

  /**
   * @param parent the path from the root of the input to the object with the wrong field.
   */
  constructor(refusal: Refusal, parent: readonly string[]) {
    this.code = refusal.code;
    this.message = refusal.message;
    this.path = [...parent, refusal.field];
  }
}
