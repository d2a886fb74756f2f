import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvWriter, excelWriter } from '../../src/archive/export-format';
import type { ExportedEntry } from '../../src/archive/exported-entry';

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
