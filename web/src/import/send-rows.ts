import type { ApolloClient } from '@apollo/client';
import type { ImportRow, RefusedRow } from '../../../src/import/read-import';
import { sendSafely } from '../client/send-safely';
import { refusalWords } from '../forms/refusal-words';
import { AddRowsDocument } from '../generated/operations';

/** As many as the API takes at once. */
export const callRowsMax = 1_000;

export interface CallOutcome {
  readonly added: number;
  /** Were there before, under the same keys. */
  readonly replayed: number;
  readonly refused: readonly RefusedRow[];
}

/** Adds up to 1,000 rows. Safe to repeat: every row has its key. */
export async function sendRows(
  client: ApolloClient,
  rows: readonly ImportRow[],
  onRetry: (attempt: number) => void,
): Promise<CallOutcome> {
  const transactions = rows.map(({ input }) => input);
  const answer = await sendSafely(
    () =>
      client.mutate({
        mutation: AddRowsDocument,
        variables: { input: { transactions } },
        fetchPolicy: 'no-cache',
      }),
    onRetry,
  );
  const { results } = answer.data!.addTransactions!;
  const refused = rows.flatMap((row, index) => {
    const refusal = results[index]!.errors[0];
    return refusal === undefined
      ? []
      : [refusedRow(row, refusal.code, refusalWords(refusal, row.input.points))];
  });
  const replayed = results.filter((result) => result.replayed).length;
  return { added: rows.length - refused.length - replayed, replayed, refused };
}

function refusedRow({ line, record }: ImportRow, code: string, reason: string): RefusedRow {
  return { kind: 'refused', line, code, reason, record };
}
