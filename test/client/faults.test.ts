import { MemoryJournal } from '../../src/journal/memory/journal';
import {
  AccountDocument,
  AddTransactionDocument,
  BalancesDocument,
  EntryDocument,
} from '../../src/operations/generated/operations';
import type { Logger } from '../../src/telemetry/logger';
import { ScriptedJournal } from '../journal/scripted-journal';
import { type LedgerServer, startLedgerOver } from '../support/ledger-server';
import { PlainClient, topLevelErrors } from './plain-client';

let journal: ScriptedJournal;
let server: LedgerServer;
let client: PlainClient;
let logged: { readonly requestId?: string; readonly err?: Error }[];

beforeEach(async () => {
  journal = new ScriptedJournal(new MemoryJournal());
  logged = [];
  const ignore = () => {};
  const error = (fields: object) => logged.push(fields);
  const logger: Logger = { debug: ignore, info: ignore, warn: ignore, error };
  const limits = { queueRowsMax: 10, settleMsMax: 1 };
  server = await startLedgerOver({ journal, limits, wait: async () => {} }, logger);
  client = new PlainClient(server.endpoint);
});
afterEach(() => server.stop());

const add = (points: number, idempotencyKey?: string) =>
  client.mutate({
    mutation: AddTransactionDocument,
    variables: {
      input: { payer: 'DANNON', points, timestamp: '2020-11-02T14:00:00Z', idempotencyKey },
    },
  });
const points = async () => {
  const { data } = await client.query({ query: AccountDocument, fetchPolicy: 'network-only' });
  return data?.account?.points ?? null;
};

test('SERVICE_UNAVAILABLE while the journal is unavailable: nothing is changed, and requests succeed later', async () => {
  await add(5);
  journal.away();
  const errors = await topLevelErrors(add(7));
  journal.back();
  expect(errors).toEqual([
    {
      message: 'The ledger is unavailable. Nothing was changed; retry later.',
      locations: [expect.any(Object)],
      path: ['addTransaction'],
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    },
  ]);
  expect(await points()).toBe(5);
  await add(7);
  expect(await points()).toBe(12);
});

test('a read from the journal fails with SERVICE_UNAVAILABLE too', async () => {
  const { data } = await add(5);
  const { id } = data!.addTransaction!.transaction!;
  journal.away();
  const reader = new PlainClient(server.endpoint);
  const reading = reader.query({ query: EntryDocument, variables: { id } });
  const [error] = await topLevelErrors(reading);
  expect(error).toMatchObject({ path: ['entry'], extensions: { code: 'SERVICE_UNAVAILABLE' } });
});

test.each(['was done', 'was not done'])(
  'OUTCOME_UNKNOWN: a retry with the same key settles it if the change %s',
  async (fate) => {
    if (fate === 'was done') journal.loseResponse();
    else journal.delay();
    journal.fail('append', 99);
    const [error] = await topLevelErrors(add(5, 'order 1'));
    journal.clear();
    expect(error).toMatchObject({
      message: expect.stringContaining('Retry with the same idempotency key'),
      extensions: { code: 'OUTCOME_UNKNOWN' },
    });
    const { data } = await add(5, 'order 1');
    expect(data?.addTransaction).toMatchObject({
      replayed: fate === 'was done',
      transaction: { sequence: 1 },
      account: { points: 5 },
    });
  },
);

test('OVERLOADED if the queue is full: refused immediately, while queued requests succeed', async () => {
  const gate = journal.hold('append');
  const first = add(1);
  await gate.reached;
  const waiting = Array.from({ length: 30 }, () => add(1));
  const settling = Promise.allSettled(waiting);
  await Promise.race(waiting.map((each) => each.catch(() => {})));
  gate.open();
  await first;
  const settled = await settling;
  const refused = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  expect(refused.length).toBeGreaterThan(0);
  for (const reason of refused) {
    const errors = await topLevelErrors(Promise.reject(reason));
    expect(errors).toMatchObject([{ extensions: { code: 'OVERLOADED' } }]);
  }
  expect(await points()).toBe(1 + waiting.length - refused.length);
});

test('a fault is masked, and its request id leads to the log', async () => {
  const secret = 'disk /dev/secret failed';
  journal.fail('append', 1, () => new Error(secret));
  const errors = await topLevelErrors(add(5));
  expect(errors).toEqual([
    {
      message: 'The server failed; the fault is in its log under the request id.',
      locations: [expect.any(Object)],
      path: ['addTransaction'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
    },
  ]);
  const { requestId } = errors[0].extensions!;
  const line = logged.find((fields) => fields.requestId === requestId);
  expect(line?.err?.message).toBe(secret);
  expect(await points()).toBeNull();
});

test('a fault at one account is none at another', async () => {
  await add(5);
  journal.fail('catchUp');
  const other = client.query({ query: BalancesDocument, variables: { accountId: 'other' } });
  await expect(topLevelErrors(other)).resolves.toHaveLength(1);
  expect(await points()).toBe(5);
});
