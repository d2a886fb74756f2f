import { ObjectType } from 'type-graphql';
import { UserError } from './user-error';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The account would hold more points than can be counted exactly.',
})
export class PointsOutOfRangeError extends UserError {}
