import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { TopLevelErrorCode } from '../../error-codes';

/** An error as a client may see it, in the shape of an error. */
export class PresentedError extends GraphQLError {
  constructor(readonly presented: GraphQLFormattedError) {
    super(presented.message, { extensions: presented.extensions });
  }

  override toJSON(): GraphQLFormattedError {
    return this.presented;
  }
}

/** Says to a subscriber why nothing more is sent. */
export function cutOff(reason: string): PresentedError {
  const message = `${reason} Subscribe again after the last sequence that you have seen: nothing is missed.`;
  return new PresentedError({ message, extensions: { code: cutOffCode } });
}

export const cutOffCode = 'SUBSCRIPTION_CUT_OFF' satisfies TopLevelErrorCode;
