import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ndjsonWriter } from '../../src/archive/export-format';
import { readExport } from '../../src/archive/read-export';
import { storeEntries } from '../../src/archive/store-entries';
import { writeExport } from '../../src/archive/write-export';
import { SqliteReader } from '../../src/journal/sqlite/reader';
import type { Entry } from '../../src/ledger/entry';
import { fillLedger } from '../cli/ledger';
import { chunked } from '../import/read-all';
import { startLedger } from '../support/ledger-server';

let lines: string[] = [];
const entries: Entry[] = [];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-archive-'));
  const path = join(folder, 'ledger.db');
  const server = await startLedger({ kind: 'file', path });
  await fillLedger(server.endpoint);
  await server.stop();
  const reader = await SqliteReader.open(path);
  let text = '';
  for await (const piece of writeExport(storeEntries(reader, null), ndjsonWriter)) text += piece;
  let accountId = await reader.nextAccount(null);
  while (accountId !== null) {
    const range = { accountId, from: 1, to: 1_000, order: 'ascending', limit: 1_000 } as const;
    entries.push(...(await reader.entries(range)));
    accountId = await reader.nextAccount(accountId);
  }
  await reader.close();
  rmSync(folder, { recursive: true });
  lines = text.split('\n');
});

async function read(text: string, size?: number): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const step of readExport(() => chunked(text, size))) found.push(...step.entries);
  return found;
}

test.each([7, 1_000, 10_000_000])('an export is read, in chunks of %d bytes', async (size) => {
  expect(entries.length).toBeGreaterThan(400);
  expect(await read(lines.join('\n'), size)).toEqual(entries);
});

type Change = (lines: string[]) => string[];
const line =
  (number: number, from: string | RegExp, to: string): Change =>
  (lines) =>
    lines.with(number - 1, lines[number - 1].replace(from, to));

const undigested = (text: string) => text.replace(/"digest":"[0-9a-f]+"/, '"digest":null');

test.each<[string, Change, string]>([
  ['is cut', (lines) => lines.slice(0, 9), 'Line 9: the export is truncated after this line'],
  [
    'has a name twice',
    line(3, '"points":', '"points":7,"poin\\u0074s":'),
    'Line 3: the name "points" occurs twice.',
  ],
  [
    'is cut within a line',
    (lines) => [...lines.slice(0, 4), '{"accountId"'],
    'Line 5: this is not a JSON object.',
  ],
  [
    'lacks an entry',
    (lines) => lines.toSpliced(2, 1),
    'Line 3: entry 3 of account "__proto__": it is in the place of entry 2.',
  ],
  [
    'lacks an account',
    (lines) => lines.toSpliced(1, 4),
    'the last line counts 426 as entries and 7 as accounts, and the export holds 422 entries of 6 accounts.',
  ],
  [
    'has an entry twice',
    (lines) => lines.toSpliced(2, 0, lines[1]),
    'Line 3: entry 1 of account "__proto__": it is in the place of entry 2.',
  ],
  [
    'has other points',
    line(2, '"points":300', '"points":30'),
    'Line 2: entry 1 of account "__proto__": its digest is not that of its values',
  ],
  [
    'has other points and no digests',
    (lines) =>
      lines.map((each, at) =>
        at === 1 ? undigested(each).replace('"points":300', '"points":30') : undigested(each),
      ),
    'Line 4: entry 3 of account "__proto__": the rule refuses it (PAYER_WOULD_GO_NEGATIVE)',
  ],
  [
    'has other allocations',
    line(5, /"points":50\b/, '"points":49'),
    'Line 5: entry 4 of account "__proto__": its allocation 2 is 49 points of "DANNON" from entry 1',
  ],
  [
    'has another id',
    line(2, /"id":"[^"]*/, '"id":"eA'),
    'Line 2: the id "eA" is not that of entry 1 of this account.',
  ],
  [
    'has an unknown field',
    line(2, '"kind"', '"status":"x","kind"'),
    'Line 2: there is no field "status".',
  ],
  [
    'has an instant that is none',
    line(2, /"timestamp":"[^"]*/, '"timestamp":"soon'),
    'Line 2: timestamp is "soon"',
  ],
  [
    'has its accounts in another order',
    (lines) => [lines[0], ...lines.slice(5, 9), ...lines.slice(1, 5), ...lines.slice(9)],
    'follows account',
  ],
  [
    'is of a newer version',
    line(1, '"version":2', '"version":3'),
    'Line 1: the export is of version 3, and this program reads versions up to 2.',
  ],
  ['is a CSV', () => ['payer,points,timestamp', ''], 'Line 1: this is not an export'],
  ['continues after its end', (lines) => [...lines, lines[1]], 'follows the end'],
])('an export that %s is refused', async (_name, change, message) => {
  await expect(read(change(lines).join('\n'))).rejects.toThrow(message);
});
