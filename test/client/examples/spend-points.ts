import type { ApolloClient } from '@apollo/client';
import {
  SpendPointsDocument,
  type SpendPointsInput,
  type UserErrorFieldsFragment,
} from '../../../src/operations/generated/operations';

/** Spends points and returns a message for the member. */
export async function spendPoints(client: ApolloClient, input: SpendPointsInput): Promise<string> {
  const { data } = await client.mutate({
    mutation: SpendPointsDocument,
    variables: { input },
    update(cache, { data }) {
      // The cache has updated the points of the account itself; its pages must be read again.
      const account = data?.spendPoints?.account;
      if (!account) return;
      const id = cache.identify({ __typename: 'Account', id: account.id });
      cache.evict({ id, fieldName: 'lots' });
      cache.evict({ id, fieldName: 'history' });
    },
  });
  const { spend, errors } = data!.spendPoints!;
  if (spend) return `${spend.points} points are spent.`;
  return errors.map(messageFor).join(' ');
}

function messageFor(error: UserErrorFieldsFragment): string {
  switch (error.__typename) {
    case 'InsufficientPointsError':
      return `You have ${error.available} points; this costs ${error.requested}.`;
    case 'PayerWouldGoNegativeError':
      return `${error.payer} can take back at most ${error.available} points.`;
    default:
      return error.message;
  }
}
