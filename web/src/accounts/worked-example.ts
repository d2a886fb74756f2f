import type { ApolloClient } from '@apollo/client';
import { sendSafely } from '../client/send-safely';
import { AddRowsDocument, SpendDocument } from '../generated/operations';

/** Out of order on purpose. The playground's example uses the same idempotency keys. */
const rows = [
  ['1', 'DANNON', 1000, '2020-11-02T14:00:00Z'],
  ['2', 'UNILEVER', 200, '2020-10-31T11:00:00Z'],
  ['3', 'DANNON', -200, '2020-10-31T15:00:00Z'],
  ['4', 'MILLER COORS', 10000, '2020-11-01T14:00:00Z'],
  ['5', 'DANNON', 300, '2020-10-31T10:00:00Z'],
] as const;

export const exampleAccountId = 'default';

/** Adds the five transactions and spends 5,000 points. A second call changes nothing. */
export async function runWorkedExample(client: ApolloClient): Promise<void> {
  const transactions = rows.map(([idempotencyKey, payer, points, timestamp]) => ({
    accountId: exampleAccountId,
    idempotencyKey,
    payer,
    points,
    timestamp,
  }));
  const spending = { accountId: exampleAccountId, points: 5000, idempotencyKey: '6' };
  const add = () =>
    client.mutate({ mutation: AddRowsDocument, variables: { input: { transactions } } });
  const spend = () => client.mutate({ mutation: SpendDocument, variables: { input: spending } });
  await sendSafely(add);
  await sendSafely(spend);
}
