import type { ApolloClient } from '@apollo/client';
import {
  SpendPointsDocument,
  type SpendPointsInput,
  type UserErrorFieldsFragment,
} from '../../../src/operations/generated/operations';

/** Spends points and tells the member what came of it. */
export async function spendPoints(client: ApolloClient, input: SpendPointsInput): Promise<string> {
  const { data } = await client.mutate({
    mutation: SpendPointsDocument,
    variables: { input },
    update(cache, { data }) {
      // The points of the account are new in the cache by themselves; its pages are read again.
      const account = data?.spendPoints?.account;
      if (!account) return;
      const id = cache.identify({ __typename: 'Account', id: account.id });
      cache.evict({ id, fieldName: 'lots' });
      cache.evict({ id, fieldName: 'history' });
    },
  });
  const { spend, errors } = data!.spendPoints!;
  if (spend) return `${spend.points} points are spent.`;
  return errors.map(inWords).join(' ');
}

function inWords(error: UserErrorFieldsFragment): string {
  switch (error.__typename) {
    case 'InsufficientPointsError':
      return `You have ${error.available} points; this costs ${error.requested}.`;
    case 'PayerWouldGoNegativeError':
      return `${error.payer} can take back at most ${error.available} points.`;
    default:
      return error.message;
  }
}
