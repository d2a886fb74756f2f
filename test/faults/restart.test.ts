import { execFileSync, spawnSync } from 'node:child_process';
import { examples } from '../../src/http/pages/worked-example';
import { testIf } from '../support/needs';
import { openReadOnly } from './journal-file';
import { LedgerClient } from './ledger-client';
import { killServer, useServers } from './servers';

const servers = useServers();

const readBalances = '{ balances { payer points } }';
const addTen = `mutation { addTransaction(
  input: { payer: "DANNON", points: 10, timestamp: "2020-11-02T14:00:00Z" }
) { transaction { sequence } } }`;

interface Added {
  readonly addTransaction: { readonly transaction: { readonly sequence: number } };
}

const published = {
  deductions: [
    { payer: 'DANNON', points: -100 },
    { payer: 'UNILEVER', points: -200 },
    { payer: 'MILLER COORS', points: -4700 },
  ],
  balances: [
    { payer: 'DANNON', points: 1000 },
    { payer: 'UNILEVER', points: 0 },
    { payer: 'MILLER COORS', points: 5300 },
  ],
};

test('the worked example survives kill -9, and counts once when it is loaded again', async () => {
  const path = servers.newPath();
  const { query } = examples.find(({ name }) => name === 'Worked example')!;
  for (const replayed of [false, true]) {
    const server = servers.start(path);
    const client = new LedgerClient(await server.origin);
    if (replayed) expect(await client.read(readBalances)).toEqual({ balances: published.balances });
    expect(await client.read(query)).toMatchObject({
      spendPoints: {
        spend: { deductions: published.deductions },
        account: { balances: published.balances },
        replayed,
      },
    });
    expect(await client.read(readBalances)).toEqual({ balances: published.balances });
    await killServer(server);
  }
});

test('a second server on the same file ends with one clear line, and the first keeps serving', async () => {
  const path = servers.newPath();
  const first = servers.start(path);
  const client = new LedgerClient(await first.origin);
  await client.read(addTen);
  const { code, errors } = await servers.start(path).ended;
  expect(code).toBe(1);
  expect(errors).toMatch(
    /^The ledger cannot start: Another server is using \S+\.db\. Stop it first.*\n$/,
  );
  expect((await client.read<Added>(addTen)).addTransaction.transaction.sequence).toBe(2);
  await killServer(first);
  const heir = new LedgerClient(await servers.start(path).origin);
  expect(await heir.read(readBalances)).toEqual({ balances: [{ payer: 'DANNON', points: 20 }] });
});

test('the transaction of a reader sees one state while the server writes, is killed and restarts', async () => {
  const path = servers.newPath();
  const server = servers.start(path);
  const client = new LedgerClient(await server.origin);
  await client.read(addTen);
  const accountant = openReadOnly(path);
  const sum = () => accountant.prepare('SELECT sum(points) FROM entry').raw().get();
  accountant.exec('BEGIN');
  expect(sum()).toEqual([10]);
  for (let count = 0; count < 5; count += 1) await client.read(addTen);
  expect(sum()).toEqual([10]);
  await killServer(server);
  const heir = new LedgerClient(await servers.start(path).origin);
  await heir.read(addTen);
  expect(sum()).toEqual([10]);
  accountant.exec('COMMIT');
  expect(sum()).toEqual([70]);
  expect(() => accountant.exec('DELETE FROM entry')).toThrow(/readonly/);
  accountant.close();
});

const withSqlite = testIf(
  spawnSync('sqlite3', ['--version']).status === 0,
  'sqlite3 tests: no sqlite3; apt install sqlite3',
);

withSqlite('the program sqlite3 reads the ledger of a running server', async () => {
  const path = servers.newPath();
  const client = new LedgerClient(await servers.start(path).origin);
  await client.read(addTen);
  const question = 'SELECT account_id, payer, sum(points) FROM entry';
  const output = execFileSync('sqlite3', ['-readonly', path, question], { encoding: 'utf8' });
  expect(output).toBe('default|DANNON|10\n');
});
