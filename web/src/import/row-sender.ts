import type { ApolloClient } from '@apollo/client';
import { type SendRows, ServerAway } from '../../../src/import/send-rows';
import { faultWords, isPassing } from '../client/faults';
import { refusalWords } from '../forms/refusal-words';
import { AddRowsDocument } from '../generated/operations';

/** Adds rows by the console's client. Safe to repeat: every row has its key. */
export function rowSender(client: ApolloClient): SendRows {
  return async (rows) => {
    const { results } = await addRows(client, rows);
    return results.map(({ replayed, errors: [refusal] }, index) => ({
      replayed,
      refusal: refusal
        ? { code: refusal.code, reason: refusalWords(refusal, rows[index]!.points) }
        : null,
    }));
  };
}

async function addRows(client: ApolloClient, rows: Parameters<SendRows>[0]) {
  try {
    const answer = await client.mutate({
      mutation: AddRowsDocument,
      variables: { input: { transactions: [...rows] } },
      fetchPolicy: 'no-cache',
    });
    return answer.data!.addTransactions!;
  } catch (error) {
    if (isPassing(error)) throw new ServerAway(faultWords(error), { cause: error });
    throw error;
  }
}
