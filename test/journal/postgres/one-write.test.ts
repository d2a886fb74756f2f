import { Socket } from 'node:net';
import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { useFreshDatabases } from '../../support/fresh-databases';
import { beginning, freshId, transaction } from '../entries';

const fresh = useFreshDatabases();

/** Counts the writes to sockets of this process during a call. */
async function writesDuring(call: () => Promise<unknown>): Promise<number> {
  const spies = (['_write', '_writev'] as const).map((method) =>
    jest.spyOn(Socket.prototype as Required<Socket>, method),
  );
  try {
    await call();
    return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('a call of the journal is one write to the socket, whatever its statements', async () => {
  const journal = await PostgresJournal.open(await fresh());
  const appends = () => Array.from({ length: 7 }, () => beginning(transaction(freshId(), 1)));
  await journal.append(appends());
  const [known, ...others] = appends();
  expect(await writesDuring(() => journal.append([known!, ...others]))).toBe(1);
  const { accountId, entries } = known!;
  const request = { accountId, known: { sequence: 1, id: entries[0]!.id }, keys: ['k'] };
  const unknown = { accountId: freshId(), known: null, keys: [] };
  expect(await writesDuring(() => journal.catchUp([request, unknown], 10))).toBe(1);
  await journal.close();
});
