import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvWriter, excelWriter } from '../../src/archive/export-format';
import type { ExportedEntry } from '../../src/archive/exported-entry';
import { writeExport } from '../../src/archive/write-export';
import type { Entry } from '../../src/ledger/entry';
import { storyOfAllKinds } from '../digest/story-of-all-kinds';

const entry: ExportedEntry = {
  kind: 'transaction',
  accountId: '=1+1',
  sequence: 1,
  id: 'x',
  recordedAt: '2026-11-25T09:00:00.000Z',
  reference: '\t=1',
  idempotencyKey: "'quoted",
  digest: null,
  payer: '@SUM(A1)',
  points: -100,
  timestamp: '2020-11-02T14:00:00.000Z',
};

function cellsOf(given: ExportedEntry): Record<string, string> {
  const [row] = parse(csvWriter.start() + csvWriter.entry(given), { columns: true });
  return row as Record<string, string>;
}

test('text cells that a spreadsheet would execute begin with an apostrophe', () => {
  expect(cellsOf(entry)).toMatchObject({
    account_id: "'=1+1",
    payer: "'@SUM(A1)",
    reference: "'\t=1",
    idempotency_key: "''quoted",
  });
});

test.each(['+1', '-1', '\r=1', '=', "'", "''"])('the text %j gets one apostrophe', (text) => {
  expect(cellsOf({ ...entry, payer: text }).payer).toBe(`'${text}`);
});

test('numbers and instants are never changed', () => {
  const { points, timestamp, recorded_at: recordedAt } = cellsOf(entry);
  expect([points, timestamp, recordedAt]).toEqual(['-100', entry.timestamp, entry.recordedAt]);
});

test('removing the apostrophe of a cell restores any text', () => {
  const first = fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", 'a', '1', ' ');
  const texts = fc.tuple(first, fc.string()).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (payer) => {
      const cell = cellsOf({ ...entry, payer }).payer;
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      expect(cell.replace(/^'/, '')).toBe(payer);
    }),
  );
});

test('for Excel, the file begins with a byte order mark', () => {
  expect(excelWriter.start()).toBe(`\ufeff${csvWriter.start()}`);
});

test('the dates of a grant are the last cells before the actor', () => {
  const dates = {
    availableFrom: '2027-01-01T00:00:00.000Z',
    expiresAt: '2028-01-01T00:00:00.000Z',
  };
  const dated = cellsOf({ ...entry, ...dates });
  expect(Object.entries(dated).slice(-4)).toEqual([
    ['allocations', ''],
    ['available_from', dates.availableFrom],
    ['expires_at', dates.expiresAt],
    ['actor', ''],
  ]);
});

test('CSV leaves out all kinds but transactions and spends, and counts them', async () => {
  const entries = storyOfAllKinds();
  const counts = { accounts: 0, entries: 0, leftOut: 0 };
  let text = '';
  for await (const piece of writeExport(pagesOf(entries), csvWriter, counts)) text += piece;
  expect(counts).toEqual({ accounts: 1, entries: 8, leftOut: 7 });
  const rows = parse(text, { columns: true }) as { kind: string }[];
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['transaction', 'spend']));
  expect(rows).toHaveLength(8);
});

async function* pagesOf(entries: readonly Entry[]): AsyncGenerator<readonly Entry[]> {
  yield entries;
}
