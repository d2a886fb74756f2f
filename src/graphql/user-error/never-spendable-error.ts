import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The points would expire before they can be spent.',
})
export class NeverSpendableError extends UserError {}
