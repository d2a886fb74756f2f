import { ApolloClient, HttpLink } from '@apollo/client';
import { AccountDocument, AddTransactionDocument } from '../../src/operations/generated/operations';
import { type RestartableServer, startLedgerOnFile } from '../support/ledger-server';
import { ledgerCache } from './examples/ledger-client';
import { retries } from './examples/retries';
import { until } from './watch';

let server: RestartableServer;
beforeAll(async () => {
  server = await startLedgerOnFile();
});
afterAll(() => server.stop());

/** As the documentation sets it up, only less patient: the server is back soon. */
function makeClient(): ApolloClient {
  const link = retries({ firstDelayMs: 100, attempts: 12 });
  const http = new HttpLink({ uri: server.endpoint });
  return new ApolloClient({ cache: ledgerCache(), link: link.concat(http) });
}

const timestamp = '2020-11-02T14:00:00Z';

test('clients that retry under keys do not notice a restart: each change counts once', async () => {
  const clients = Array.from({ length: 3 }, makeClient);
  let responses = 0;
  let isOver = false;
  const keepAdding = async (client: ApolloClient, name: number) => {
    for (let count = 0; !isOver; count += 1) {
      const idempotencyKey = `client ${name}, ${count}`;
      const input = { payer: 'A', points: 1, timestamp, idempotencyKey };
      const { data } = await client.mutate({
        mutation: AddTransactionDocument,
        variables: { input },
      });
      expect(data?.addTransaction?.errors).toEqual([]);
      responses += 1;
    }
  };
  const adding = clients.map(keepAdding);
  const respondedMore = (count: number, before = responses) =>
    until(() => responses >= before + count);
  await Promise.race([Promise.all(adding), respondedMore(30)]);
  await server.restart();
  await Promise.race([Promise.all(adding), respondedMore(30)]).finally(() => {
    isOver = true;
  });
  await Promise.all(adding);
  const { data } = await makeClient().query({ query: AccountDocument });
  expect(data?.account?.points).toBe(responses);
});
