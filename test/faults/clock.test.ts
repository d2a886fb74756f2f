import { setTimeout as pause } from 'node:timers/promises';
import { points } from '../cli/points';
import { LedgerClient } from './ledger-client';
import { setClock, testWithClock, withClock } from './machine';
import { useServers } from './servers';

const servers = useServers();

const add = `mutation { addTransaction(input: { accountId: "m", payer: "DANNON", points: 1,
  timestamp: "2020-11-02T14:00:00Z" }) { transaction { recordedAt } errors { code } } }`;
const read = '{ account(id: "m") { points } }';
const year10000 = Date.parse('9999-12-31T23:59:59.999Z') + 1;

testWithClock(
  'past the year 9999 changes are rejected, and those before and after are recorded correctly',
  async () => {
    const path = servers.newPath();
    const clock = `${path}.clock`;
    setClock(clock, 0);
    const server = servers.start(path, withClock(clock));
    let log = '';
    server.process.stdout!.on('data', (chunk) => {
      log += chunk;
    });
    const origin = await server.origin;
    const client = new LedgerClient(origin);
    const statusOf = async () => (await fetch(`${origin}/readyz`)).status;
    expect([await client.ask(add), await statusOf()]).toMatchObject([{ codes: [] }, 200]);
    setClock(clock, year10000 - Date.now());
    for (let count = 0; count < 5; count += 1) {
      expect(await client.ask(add)).toMatchObject({ codes: ['SERVICE_UNAVAILABLE'] });
    }
    expect([await client.read(read), await statusOf()]).toEqual([{ account: { points: 1 } }, 503]);
    setClock(clock, -3_600_000);
    for (let count = 0; count < 5; count += 1) {
      expect(await client.ask(add)).toMatchObject({ codes: [] });
    }
    expect([await client.read(read), await statusOf()]).toEqual([{ account: { points: 6 } }, 200]);
    client.close();
    while (!log.includes('is behind')) await pause(10);
    expect(log.match(/The clock is [a-z ]+/g)).toEqual([
      'The clock is wrong',
      'The clock is usable again',
      'The clock is behind the account',
    ]);
    expect(log).not.toContain('"err"');
    expect(await points(['verify', '--database', `file:${path}`])).toMatchObject({ code: 0 });
  },
);
