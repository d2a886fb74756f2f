import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { ScriptedJournal } from '../../journal/scripted-journal';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { addRows, Parts, Subscriber, socketClient } from './stream-client';

let journal: ScriptedJournal;
let server: LedgerServer;
const logged: Record<string, unknown>[] = [];

beforeEach(async () => {
  logged.length = 0;
  journal = new ScriptedJournal(new MemoryJournal());
  const logger = {
    debug() {},
    info() {},
    warn() {},
    error: (fields: object) => logged.push({ ...fields }),
  };
  server = await startLedgerOver({ journal }, logger, { responseRowsMax: 6 });
});
afterEach(() => server.stop());

const sequenceAnd = (more: string) =>
  `subscription { accountChanged(after: 0) { entry { sequence } account { ${more} } } }`;

/** One subscription over each transport; both must send the same. */
async function subscribeBoth(query: string) {
  const client = socketClient(server.endpoint);
  const subscriber = new Subscriber(client, query);
  const parts = await Parts.of(server.endpoint, query);
  const payloads = () => parts.contents.flatMap((part) => ('payload' in part ? part.payload : []));
  return {
    results: async (count: number) => {
      await until(() => subscriber.results.length >= count && payloads().length >= count);
      return [subscriber.results, payloads()] as { data?: unknown; errors?: object[] }[][];
    },
    leave: async () => {
      parts.leave();
      await client.dispose();
    },
  };
}

test('each change has the row budget of a whole response', async () => {
  const listener = await subscribeBoth(
    sequenceAnd('balances { points } lots(first: 3) { nodes { key: remaining } }'),
  );
  for (let count = 0; count < 5; count += 1) await addRows(server.endpoint, 1);
  for (const results of await listener.results(5)) {
    expect(results.flatMap(({ errors = [] }) => errors)).toEqual([]);
  }
  await listener.leave();
});

test('a list beyond the budget is an error of its change, and later changes are sent', async () => {
  const listener = await subscribeBoth(sequenceAnd('history(first: 7) { nodes { sequence } }'));
  await addRows(server.endpoint, 6);
  // The account of a change is the current one, which a later row would make longer.
  await listener.results(6);
  await addRows(server.endpoint, 1);
  await addRows(server.endpoint, 1);
  for (const results of await listener.results(8)) {
    expect(results[5].errors).toBe(undefined);
    expect(results[7]).toMatchObject({
      data: null,
      errors: [
        { path: ['accountChanged', 'account', 'history'], extensions: { code: 'BAD_USER_INPUT' } },
      ],
    });
  }
  await listener.leave();
});

test('a fault is masked, and logged under the id that the client receives', async () => {
  const listener = await subscribeBoth(sequenceAnd('history(first: 1) { nodes { sequence } }'));
  await addRows(server.endpoint, 1);
  await listener.results(1);
  journal.fail('entries', 2, () => new Error('the disk of host secret-7 is gone'));
  await addRows(server.endpoint, 1);
  await listener.results(2);
  await addRows(server.endpoint, 1);
  const received = await listener.results(3);
  const faults = received.map((results) => results[1].errors?.[0]) as {
    message: string;
    extensions: { code: string; requestId: string };
  }[];
  expect(JSON.stringify(received)).not.toContain('secret-7');
  for (const { extensions } of faults) {
    expect(extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(logged.map(({ requestId }) => requestId)).toContain(extensions.requestId);
  }
  for (const results of received) expect(results[2]).toMatchObject({ data: {} });
  await listener.leave();
});

test('another history ends the stream with the reason, over both transports', async () => {
  const forked = new ScriptedJournal(new MemoryJournal({ shared: true }));
  const shared = await startLedgerOver({ journal: forked, limits: { pollMs: 10 } });
  await addRows(shared.endpoint, 1);
  const client = socketClient(shared.endpoint);
  const query = sequenceAnd('points');
  const subscriber = new Subscriber(client, query);
  const parts = await Parts.of(shared.endpoint, query);
  await until(() => subscriber.results.length === 1 && parts.contents.length === 1);
  forked.fork(new MemoryJournal({ shared: true }));
  await until(() => subscriber.end !== null && parts.isOver);
  const received = {
    message: expect.stringContaining('another history'),
    extensions: { code: 'HISTORY_CHANGED' },
  };
  expect(subscriber.end).toEqual([received]);
  expect(parts.contents.at(-1)).toEqual({ payload: null, errors: [received] });
  await client.dispose();
  await shared.stop();
});
