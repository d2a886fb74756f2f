import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The account has 1,000 open holds, and no account can have more.',
})
export class HoldsExceededError extends UserError {}
