import { LedgerClient } from '../faults/ledger-client';
import { usePostgres } from '../support/postgres-server';
import { useClusterServers } from './cluster-servers';

const postgres = usePostgres();
const servers = useClusterServers();

const processes = 4;
const add = `mutation { addTransaction(input: { accountId: "m", payer: "DANNON", points: 1,
  timestamp: "2020-11-02T14:00:00Z" }) { transaction { sequence } errors { code } } }`;

test('many processes that start on an empty database at once create its tables once, and all serve', async () => {
  const url = await postgres().createDatabase('empty');
  const started = Array.from({ length: processes }, () => servers.start(url));
  const origins = await Promise.all(started.map(({ origin }) => origin));
  const replies = await Promise.all(origins.map((origin) => new LedgerClient(origin).ask(add)));
  expect(replies).toMatchObject(origins.map(() => ({ kind: 'responded', codes: [] })));
  const sequences = await postgres().query('SELECT sequence::int FROM entry ORDER BY 1', 'empty');
  expect(sequences).toEqual(origins.map((_origin, place) => ({ sequence: place + 1 })));
  expect(await postgres().query('SELECT version FROM schema_version', 'empty')).toHaveLength(1);
  for (const { process } of started) process.kill('SIGTERM');
  for (const { ended } of started) expect(await ended).toMatchObject({ code: 0, errors: '' });
});
