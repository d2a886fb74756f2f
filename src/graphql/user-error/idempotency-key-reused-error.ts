import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The idempotency key belongs to another change of this account.',
})
export class IdempotencyKeyReusedError extends UserError {}
