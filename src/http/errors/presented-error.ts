import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { topLevelError } from './top-level-error';

/** An error that clients may see as it is. */
export class PresentedError extends GraphQLError {
  constructor(readonly presented: GraphQLFormattedError) {
    super(presented.message, { extensions: presented.extensions });
  }

  override toJSON(): GraphQLFormattedError {
    return this.presented;
  }
}

/** Returns the last error of a subscription that the server ends early. */
export function cutOff(reason: string): PresentedError {
  const message = `${reason} Subscribe again after the last sequence that you have seen: nothing is missed.`;
  return new PresentedError(topLevelError('SUBSCRIPTION_CUT_OFF', message));
}
