import type { ApolloClient } from '@apollo/client';
import { type SendRows, ServerAway } from '../../../src/import/send-rows';
import { errorText, hasCode, isRetryable } from '../client/errors';
import { sendSafely } from '../client/send-safely';
import { refusalText } from '../forms/refusal-text';
import { AddRowsDocument, ProbeDefaultAccountDocument } from '../generated/operations';

/** Returns a function that sends rows. It is safe to repeat: every row has an idempotency key. */
export function rowSender(client: ApolloClient): SendRows {
  return async (rows) => {
    const { results } = await addRows(client, rows);
    return results.map(({ replayed, errors: [refusal] }, index) => ({
      replayed,
      refusal: refusal
        ? { code: refusal.code, reason: refusalText(refusal, rows[index]!.points) }
        : null,
    }));
  };
}

/** Returns true if the server adds rows that name no account to an account for these. */
export async function hasDefaultAccount(client: ApolloClient): Promise<boolean> {
  const query = { query: ProbeDefaultAccountDocument, fetchPolicy: 'no-cache' } as const;
  try {
    await sendSafely(() => client.query(query));
    return true;
  } catch (error) {
    if (hasCode(error, ['GRAPHQL_VALIDATION_FAILED'])) return false;
    throw error;
  }
}

async function addRows(client: ApolloClient, rows: Parameters<SendRows>[0]) {
  try {
    const response = await client.mutate({
      mutation: AddRowsDocument,
      variables: { input: { transactions: [...rows] } },
      fetchPolicy: 'no-cache',
    });
    return response.data!.addTransactions!;
  } catch (error) {
    if (isRetryable(error)) throw new ServerAway(errorText(error), { cause: error });
    throw error;
  }
}
