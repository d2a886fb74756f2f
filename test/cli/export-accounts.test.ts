import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { useFolder } from '../journal/sqlite/fixture';
import { startLedger } from '../support/ledger-server';
import { fillLedger } from './ledger';
import { pointsHere } from './points-here';

const folder = useFolder();

async function exportOf(...words: string[]): Promise<string> {
  const { code, out, errors } = await pointsHere(['export', ...words]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return out;
}

test('one account can be exported alone, from a server and from the store', async () => {
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  await fillLedger(server.endpoint);
  const words = ['--account', '\u{10000}', '--url', server.endpoint];
  const text = await exportOf(...words);
  await server.stop();
  const database = `file:${join(folder(), 'ledger.db')}`;
  expect(await exportOf('--account', '\u{10000}', '--database', database)).toBe(text);
  expect(JSON.parse(text.trim().split('\n').at(-1)!)).toMatchObject({ accounts: 1, entries: 4 });
});

test('several accounts are exported once each, by code point, from a server and from the store', async () => {
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  await fillLedger(server.endpoint);
  const words = ['\u{10000}', 'é', '\u{10000}', '\u{e000}'].flatMap((id) => ['--account', id]);
  const text = await exportOf(...words, '--url', server.endpoint);
  await server.stop();
  expect(await exportOf(...words, '--database', `file:${join(folder(), 'ledger.db')}`)).toBe(text);
  const entries = text.trim().split('\n').slice(1, -1);
  const ids = new Set(entries.map((line) => JSON.parse(line).accountId));
  expect([...ids]).toEqual(['é', '\u{e000}', '\u{10000}']);
});

test('an account without an entry is no export, from a server or from the store', async () => {
  const server = await startLedger({ kind: 'file', path: join(folder(), 'ledger.db') });
  await fillLedger(server.endpoint);
  const output = join(folder(), 'none.ndjson');
  const places = [
    ['--url', server.endpoint],
    ['--database', `file:${join(folder(), 'ledger.db')}`],
  ];
  for (const [at, place] of places.entries()) {
    if (at === 1) await server.stop();
    for (const [ids, message] of [
      [['nobody'], 'There is no entry of the account "nobody". Nothing was written'],
      [['é', 'É', 'nobody'], 'There is no entry of the accounts "nobody", "É". Nothing'],
      [[''], '--account is blank; it must be'],
    ] as const) {
      const words = ['export', ...place, ...ids.flatMap((id) => ['--account', id])];
      for (const more of [[], ['--output', output]]) {
        const ran = await pointsHere([...words, ...more]);
        expect(ran).toMatchObject({ code: 2, out: '' });
        expect(ran.errors).toContain(message);
        expect(existsSync(output)).toBe(false);
      }
    }
  }
});
