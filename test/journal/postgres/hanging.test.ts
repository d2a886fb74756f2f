import type { Journal } from '../../../src/journal/journal';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { usePostgres } from '../../support/postgres-server';
import { beginning, following, freshId, markOf, partsOf, run, transaction } from '../entries';

let journal: PostgresJournal;
// Before the server's own end.
afterAll(() => journal.close());

const postgres = usePostgres();
const limits = { callMsMax: 300, connectMsMax: 200, lockMsMax: 200 };
const stored = run(freshId('account'), 1, 3);
const [{ accountId }] = stored;
const request = { accountId, known: null, keys: ['k'] };
const range = { accountId, from: 1, to: 9, order: 'ascending', limit: 9 } as const;
const page = { after: null, before: null, order: 'ascending', limit: 9 } as const;
const mark = { accountId, id: freshId(), entry: markOf(stored[2]) };
const unavailable = 'JournalUnavailable';

beforeAll(async () => {
  const url = await postgres().createDatabase('hanging');
  journal = await untilDone(() => PostgresJournal.open(url, { limits }));
  await untilDone(() => journal.append([beginning(...stored)]));
});

/** Repeats a call until it succeeds: a busy machine may take longer than the short limits allow. */
async function untilDone<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (![unavailable, 'AppendOutcomeUnknown'].includes((error as Error).name)) throw error;
    }
  }
}

/** The methods of the port, and their outcome if a connection existed already. */
const cases: readonly (readonly [string, string, (journal: Journal) => Promise<unknown>])[] = [
  ['catchUp', unavailable, (each) => each.catchUp([request], 9)],
  ['append', 'AppendOutcomeUnknown', (each) => each.append([beginning(transaction(freshId(), 1))])],
  ['appendAlone', unavailable, (each) => each.appendAlone!(request, 9, () => null)],
  ['confirm', unavailable, (each) => each.confirm(stored)],
  ['entries', unavailable, (each) => each.entries(range)],
  ['entriesAt', unavailable, (each) => each.entriesAt([{ accountId, sequence: 1 }])],
  ['accounts', unavailable, (each) => each.accounts(page)],
  ['saveSnapshot', unavailable, (each) => each.saveSnapshot(mark, partsOf('a', 'b'))],
  ['snapshotPart', unavailable, (each) => each.snapshotPart({ ...mark, parts: 1 }, 0)],
  ['check', unavailable, (each) => each.check()],
];

test.each(cases)(
  '%s rejects with %s while the database hangs, and works after it',
  async (_method, outcome, call) => {
    await untilDone(() => call(journal));
    postgres().freeze(true);
    const first = await Promise.allSettled([call(journal)]);
    // No connection is left and none can be made, so nothing was sent.
    const later = await Promise.allSettled([call(journal)]);
    postgres().freeze(false);
    const names = (each: readonly PromiseSettledResult<unknown>[]) =>
      each.map((settled) => (settled.status === 'rejected' ? settled.reason.name : settled.value));
    expect(names(first)).toEqual([outcome]);
    expect(names(later)).toEqual([unavailable]);
    await untilDone(() => call(journal));
  },
);

test('a turn that was decided when the database began to hang has an unknown outcome', async () => {
  const account = freshId('account');
  const first = transaction(account, 1);
  await untilDone(() => journal.append([beginning(first)]));
  const decide = jest.fn(() => {
    postgres().freeze(true);
    return following(first, transaction(account, 2));
  });
  const turn = { accountId: account, known: null, keys: [] };
  let outcome: string | null = null;
  // A busy machine may take longer than the short limits allow before the turn is decided.
  while (decide.mock.calls.length === 0) {
    outcome = await journal.appendAlone(turn, 9, decide).then(
      () => 'appended',
      (error: Error) => error.name,
    );
  }
  postgres().freeze(false);
  expect(outcome).toBe('AppendOutcomeUnknown');
});

test('close ends while the database hangs', async () => {
  const other = await untilDone(() => PostgresJournal.open(postgres().url('hanging'), { limits }));
  await untilDone(() => other.check());
  postgres().freeze(true);
  const hanging = expect(other.check()).rejects.toMatchObject({ name: unavailable });
  await other.close();
  postgres().freeze(false);
  await hanging;
});
