import { isNestedDeeper } from '../../../src/http/streams/message-depth';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import type { Logger } from '../../../src/telemetry/logger';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { RawSocket, watchDefault } from './stream-client';

let server: LedgerServer;
const logged: string[] = [];
beforeAll(async () => {
  const log = (_fields: object, message: string) => void logged.push(message);
  const logger: Logger = { debug: () => {}, info: log, warn: log, error: log };
  server = await startLedgerOver({ journal: new MemoryJournal() }, logger, {
    refusalsPerWebSocketMax: 20,
    subscriptionsPerWebSocketMax: 3,
  });
});
afterAll(() => server.stop());

test.each([
  ['too many', watchDefault, 3],
  ['invalid', 'subscription { nothing }', 0],
  ['malformed', 'subscription {', 0],
])('a WebSocket is closed after too many refusals: %s', async (_what, query, accepted) => {
  const raw = await RawSocket.greeted(server.endpoint);
  for (let id = 0; id < 100; id++) raw.subscribe(String(id), query);
  await until(() => raw.closed !== null);
  expect(raw.closed).toEqual({ code: 1008, reason: '20 subscriptions were refused.' });
  const errors = raw.messages.filter(({ type }) => type === 'error');
  expect(errors.map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + accepted),
  );
});

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each(['ping', 'pong', 'subscribe', 'connection_init'])(
  'a %s that is nested 50,000 deep is bad input, and not logged',
  async (type) => {
    const raw = await RawSocket.greeted(server.endpoint);
    const payload = `{"query":"{ x }","variables":{"a":${nested(50_000)}}}`;
    raw.socket.send(`{"type":"${type}","id":"1","payload":${payload}}`);
    await until(() => raw.closed !== null);
    expect(raw.closed).toEqual({ code: 4400, reason: 'A message is nested deeper than 500.' });
    expect(logged).toEqual([]);
  },
);

test('a ping nested to the limit gets its payload back', async () => {
  const raw = await RawSocket.greeted(server.endpoint);
  const payload = `{"a":${nested(498)},"text":"${'['.repeat(1_000)}"}`;
  raw.socket.send(`{"type":"ping","payload":${payload}}`);
  await until(() => raw.messages.length === 2);
  expect(raw.messages[1]).toEqual({ type: 'pong', payload: JSON.parse(payload) });
  raw.socket.close();
});

test.each([
  ['[[]]', 2],
  ['{"a":{"b":[1,{}]}}', 4],
  ['[[],[],[[]]]', 3],
  ['["[[[", "\\"[[", "\\\\", []]', 2],
  ['"[[[[', 0],
])('%s is nested %i deep', (text, depth) => {
  expect(isNestedDeeper(text, depth)).toBe(false);
  expect(isNestedDeeper(text, depth - 1)).toBe(depth > 0);
});
