import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The entry with the id is of a kind that the mutation does not reverse.',
})
export class NotReversibleError extends UserError {}
