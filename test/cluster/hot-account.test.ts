import { LedgerClient } from '../faults/ledger-client';
import { usePostgres } from '../support/postgres-server';
import { TcpProxy } from '../support/tcp-proxy';
import { useClusterServers } from './cluster-servers';

const postgres = usePostgres();
const servers = useClusterServers();

const processes = 4;
const clients = 64;
const requestsPerClient = 12;
const oneWayMs = 5;

const add = `mutation { addTransaction(input: { accountId: "hot", payer: "DANNON", points: 1,
  timestamp: "2020-11-02T14:00:00Z" }) { transaction { sequence } errors { code } } }`;

interface Added {
  readonly addTransaction: { readonly transaction: { readonly sequence: number } };
}

let proxy: TcpProxy | null = null;
// Also after a failure: an open proxy would keep Jest from ending.
afterEach(() => proxy?.stop());

test.each([
  ['as close as the others', 0],
  ['10 ms further away', oneWayMs],
])(
  'many processes and clients on one account all get their responses, with one process %s',
  async (_where, delayMs) => {
    const name = `hot_${delayMs}`;
    const url = await postgres().createDatabase(name);
    proxy = await TcpProxy.start(postgres().port);
    proxy.weather = { delayMs, swallows: 'nothing' };
    const urls = [...Array(processes - 1).fill(url), postgres().url(name, proxy.port)];
    const origins = await Promise.all(urls.map((each: string) => servers.start(each).origin));
    const sequences: number[] = [];
    const codes: string[] = [];
    await Promise.all(
      Array.from({ length: clients }, async (_client, index) => {
        const client = new LedgerClient(origins[index % processes]);
        for (let request = 0; request < requestsPerClient; request += 1) {
          const reply = await client.ask<Added>(add);
          if (reply.kind !== 'responded' || reply.codes.length > 0)
            codes.push(JSON.stringify(reply));
          else sequences.push(reply.data!.addTransaction.transaction.sequence);
        }
        client.close();
      }),
    );
    expect(codes).toEqual([]);
    const right = Array.from({ length: clients * requestsPerClient }, (_, index) => index + 1);
    expect(sequences.toSorted((a, b) => a - b)).toEqual(right);
  },
);
