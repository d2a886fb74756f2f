import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The hold was captured or released before, or it has ended.',
})
export class HoldIsOverError extends UserError {}
