import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, freshId, run, transaction } from '../entries';

let journal: PostgresJournal;
// Before the server's own end.
afterAll(() => journal.close());

const fresh = useFreshDatabases();
beforeAll(async () => {
  journal = await PostgresJournal.open(await fresh());
});

/** They have more values than the 65,535 parameters that one statement takes. */
const rows = 6_000;

test('an append of more rows than a statement takes is all or nothing', async () => {
  const entries = run(freshId('account'), 1, rows);
  const [{ accountId }] = entries;
  const rival = beginning(...run(accountId, 1, 1), ...entries.slice(1));
  expect(await journal.append([beginning(...entries)])).toEqual(['appended']);
  expect(await journal.append([rival])).toEqual(['conflict']);
  const range = { accountId, from: 1, to: rows, order: 'descending', limit: 2 } as const;
  expect(await journal.entries(range)).toEqual([entries[rows - 1], entries[rows - 2]]);
});

test('more accounts than a statement takes are appended, caught up and found at once', async () => {
  const entries = Array.from({ length: rows }, () => transaction(freshId('account'), 1));
  const results = await journal.append(entries.map((entry) => beginning(entry)));
  expect(new Set(results)).toEqual(new Set(['appended']));
  const requests = entries.map(({ accountId }) => ({ accountId, known: null, keys: ['k', 'l'] }));
  const caughtUp = await journal.catchUp(requests, 2);
  expect(caughtUp.map(({ entries: [first] }) => first)).toEqual(entries);
  expect(await journal.entriesAt(entries)).toEqual(entries);
  expect(await journal.append(entries.map((entry) => beginning(entry)))).toEqual(
    entries.map(() => 'conflict'),
  );
});
