import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A value that is invalid whatever the account holds.',
})
export class InvalidInputError extends UserError {}
