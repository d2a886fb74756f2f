import { MemoryJournal } from '../../../src/journal/memory/journal';
import { until } from '../../client/watch';
import { type LedgerServer, startLedgerOver } from '../../support/ledger-server';
import { RawSocket, watchDefault } from './stream-client';

let server: LedgerServer;
beforeAll(async () => {
  server = await startLedgerOver({ journal: new MemoryJournal() }, undefined, {
    bodiesBytesMax: 10_000,
  });
});
afterAll(() => server.stop());

const large = watchDefault.padEnd(4_000);

/** Subscribes, and returns false if the server is overloaded. */
async function isTaken(raw: RawSocket, id: string): Promise<boolean> {
  raw.subscribe(id, large, { after: 0 });
  await until(() => raw.messages.some((message) => message.id === id));
  const response = JSON.stringify(raw.messages.find((message) => message.id === id));
  return !response.includes('OVERLOADED');
}

test('messages over WebSockets are bounded together as long as their subscriptions run', async () => {
  const input = '{ payer: "A", points: 1, timestamp: "2020-11-02T14:00:00Z" }';
  const query = `mutation { addTransaction(input: ${input}) { replayed } }`;
  const headers = { 'content-type': 'application/json' };
  await fetch(server.endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const raw = await RawSocket.greeted(server.endpoint);
  const other = await RawSocket.greeted(server.endpoint);
  raw.subscribe('0', large, { after: 'no number' });
  expect([await isTaken(raw, '1'), await isTaken(raw, '2')]).toEqual([true, true]);
  expect(await isTaken(other, '3')).toBe(false);
  raw.send({ type: 'complete', id: '1' });
  await until(() => raw.messages.some(({ id }) => id === '0'));
  for (let id = 4; !(await isTaken(other, String(id))); id += 1);
  expect(await isTaken(other, 'full')).toBe(false);
  // What a connection kept is released when it closes.
  raw.socket.close();
  await until(() => raw.closed !== null);
  for (let id = 40; !(await isTaken(other, String(id))); id += 1);
  other.socket.close();
});
