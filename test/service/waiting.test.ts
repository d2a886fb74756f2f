import { MemoryJournal } from '../../src/journal/memory/journal';
import { ServiceUnavailable } from '../../src/service/service-error';
import { ScriptedJournal } from '../journal/scripted-journal';
import { add, read, run, serviceOn, stopWaits } from './service-fixture';

const waitMsMax = 100;

beforeEach(stopWaits);
afterEach(() => jest.useRealTimers());

test('requests behind a batch that hangs are rejected in time and change nothing', async () => {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const service = serviceOn(journal, { limits: { waitMsMax } });
  const gate = journal.hold('append');
  const stuck = run(service, 'm', add(1));
  await gate.reached;
  const behind = [run(service, 'm', add(10)), run(service, 'n', add(10)), read(service, 'm')];
  jest.advanceTimersByTime(1_000);
  const results = await Promise.allSettled(behind);
  expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual(
    behind.map(() => expect.any(ServiceUnavailable)),
  );
  gate.open();
  expect((await stuck).view).toMatchObject({ sequence: 1, points: 1 });
  expect(await read(service, 'm')).toMatchObject({ sequence: 1, points: 1 });
  expect(await read(service, 'n')).toBeNull();
});
