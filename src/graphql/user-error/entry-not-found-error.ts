import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'No entry of the account has the id.',
})
export class EntryNotFoundError extends UserError {}
