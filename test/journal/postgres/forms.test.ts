import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { entryColumns } from '../../../src/journal/entry-row';
import { insertStatements } from '../../../src/journal/postgres/insert';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { migrations } from '../../../src/journal/postgres/migrations';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, following, freshId, partsOf, run, transaction } from '../entries';

const fresh = useFreshDatabases();

interface Sent {
  readonly text: string;
  readonly name?: string;
}

/** Every statement that goes over the wire while a journal is used in all its ways. */
async function statements(): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const original = Client.prototype.query;
  const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function (
    this: Client,
    ...given: unknown[]
  ) {
    const [query] = given;
    sent.push(typeof query === 'string' ? { text: query } : (query as Sent));
    return (original as (...all: unknown[]) => unknown).apply(this, given) as never;
  });
  try {
    await useAll(await PostgresJournal.open(await fresh()));
  } finally {
    spy.mockRestore();
  }
  return sent;
}

async function useAll(journal: PostgresJournal): Promise<void> {
  const [one, several, other] = [freshId('one'), freshId('several'), freshId('other')];
  const stored = run(several, 1, 3);
  await journal.append([beginning(transaction(one, 1)), beginning(...stored)]);
  // Loses the race, so that every account is appended to separately.
  await journal.append([beginning(...stored), beginning(...run(other, 1, 2))]);
  await journal.append([following(transaction(one, 3), transaction(one, 4))]);
  // Accounts without other writers, of one entry and of several together.
  const quiet = [run(freshId('quiet'), 1, 1), run(freshId('quiet'), 1, 2)];
  await journal.append(quiet.map((each) => ({ ...beginning(...each), isQuiet: true })));
  const known = { sequence: 1, id: stored[0].id };
  const request = { accountId: several, known, keys: ['k'] };
  await journal.catchUp([request, { accountId: one, known: null, keys: [] }], 10);
  await journal.appendAlone(request, 10, () => following(stored[2], transaction(several, 4)));
  const begun = freshId('begun');
  const unknown = { accountId: begun, known: null, keys: [] };
  await journal.appendAlone(unknown, 10, () => beginning(transaction(begun, 1)));
  await journal.confirm(stored);
  await journal.entries({ accountId: one, from: 1, to: 9, order: 'descending', limit: 9 });
  await journal.entriesAt([{ accountId: one, sequence: 1 }]);
  await journal.idsAt([{ accountId: one, sequence: 1 }]);
  await journal.accounts({ after: 'a', before: null, order: 'ascending', limit: 9 });
  const mark = { accountId: several, id: freshId(), entry: stored[2] };
  await journal.saveSnapshot(mark, partsOf('a', 'b'));
  await journal.snapshotPart({ ...mark, parts: 2 }, 0);
  await journal.check();
  await journal.close();
}

let sent: readonly Sent[] = [];
beforeAll(async () => {
  sent = await statements();
});

/** Returns the statements that match, with each run of blanks as one. */
const matching = (form: RegExp) =>
  sent.map(({ text }) => text.replace(/\s+/g, ' ').trim()).filter((text) => form.test(text));

test('what is checked here is sent', () => {
  for (const form of [/^INSERT INTO entry .* VALUES/, /FOR UPDATE$/, /unnest/, /^SAVEPOINT/]) {
    expect(matching(form)).not.toEqual([]);
  }
});

test('a name stands for one text, in every process', () => {
  const texts = new Map<string, string>();
  for (const { name, text } of sent) {
    if (name === undefined) continue;
    expect(texts.get(name) ?? text).toBe(text);
    texts.set(name, text);
    const digest = createHash('sha256').update(text).digest('base64url');
    expect(digest.startsWith(name.replace('ledger_', ''))).toBe(true);
  }
  expect(texts.size).toBeGreaterThan(3);
});

test('what may fail and be rolled back alone is not prepared', () => {
  let isInSavepoint = false;
  for (const { name, text } of sent) {
    if (/^(SAVEPOINT|BEGIN|COMMIT)/.test(text)) isInSavepoint = text.startsWith('SAVEPOINT');
    if (isInSavepoint) expect(name).toBeUndefined();
  }
});

test('rows are inserted in few sizes, and none is a filler', async () => {
  for (const rows of [1, 2, 3, 7, 100, 999, 1_000, 1_001, 2_500]) {
    const entries = run('account', 1, rows);
    const sizes = insertStatements(entries, false).map(
      ({ values }) => values!.length / entryColumns.length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(rows);
    for (const size of sizes)
      expect(size === 1_000 || Number.isInteger(Math.log2(size))).toBe(true);
    expect(sizes).toEqual(sizes.toSorted((left, right) => right - left));
    const ids = insertStatements(entries, false).flatMap(({ values }) =>
      values!.filter((_value, index) => index % entryColumns.length === 2),
    );
    expect(ids).toEqual(entries.map(({ id }) => id));
    const whole = insertStatements(entries, true).map(
      ({ values }) => values!.length / entryColumns.length,
    );
    expect(whole).toHaveLength(Math.ceil(rows / 1_000));
  }
});

test('only settings of the connection and prepared statements outlast a transaction', () => {
  expect(matching(/^SET (?!LOCAL)|\bLISTEN\b|\bNOTIFY\b|^PREPARE|^DECLARE/)).toEqual([]);
  expect(matching(/pg_(try_)?advisory_lock/)).toEqual([]);
  expect(matching(/set_config\('\w+', '\w+', (?!true)/)).toEqual([]);
});

test('entries are inserted as plain rows, except the reservation of a turn, in one account', () => {
  const inserts = matching(/^INSERT INTO entry/);
  for (const text of inserts.filter((each) => !/ VALUES /.test(each))) {
    expect(text).toMatch(/'reserved'.*FROM entry WHERE account_id = \$1/);
  }
  expect(matching(/^INSERT.*unnest/)).toEqual([]);
});

test('a row is skipped only as the first of its account, and later rows are inserted only after it', () => {
  for (const text of matching(/^INSERT INTO entry.*DO NOTHING/)) {
    expect(text).toMatch(/DO NOTHING RETURNING account_id$/);
  }
  const order = matching(/^SELECT 1 \/|^INSERT INTO entry/).map((text) =>
    text.startsWith('SELECT') ? 'check' : /DO NOTHING/.test(text) ? 'firsts' : 'rows',
  );
  // One account gets one entry, another three.
  expect(order.slice(0, 3)).toEqual(['firsts', 'check', 'rows']);
  // Both get several, and one of them lost the race: all together, then each separately.
  expect(order.slice(3, 6)).toEqual(['rows', 'rows', 'rows']);
});

test('rows are locked in one account at a time, and no read has an outer join', () => {
  for (const text of matching(/FOR UPDATE/)) {
    expect(text).toMatch(/WHERE account_id = \$1 AND sequence = \$2 AND id = \$3 FOR UPDATE$/);
  }
  expect(matching(/^(SELECT|INSERT|DELETE).*(LEFT|RIGHT|FULL|OUTER) JOIN/)).toEqual([]);
});

test('every key begins with the account, and no table has a trigger or an identity column', () => {
  const text = migrations.join('\n');
  const keys = [...text.matchAll(/(?:PRIMARY KEY|UNIQUE INDEX \w+ ON \w+) \((\w+)/g)];
  expect(keys.length).toBeGreaterThan(2);
  for (const [, column] of keys) expect(column).toBe('account_id');
  expect(text).toMatch(/account_id text COLLATE "C" PRIMARY KEY/);
  expect(text).not.toMatch(/TRIGGER|IDENTITY|SERIAL|REFERENCES/i);
});
