import { setTimeout as pause } from 'node:timers/promises';
import { AppendOutcomeUnknown } from '../../../src/journal/journal-error';
import { MemoryJournal } from '../../../src/journal/memory/journal';
import { OperatorError } from '../../../src/operator-error';
import { OutcomeUnknown, ServiceUnavailable } from '../../../src/service/service-error';
import { ScriptedJournal } from '../../journal/scripted-journal';
import { recordingLogger } from '../recording-logger';
import { add, kinds, read, run, serviceOn, spend, stopWaits } from '../service-fixture';

afterEach(() => jest.useRealTimers());

const trialMs = 5;

function fixture(shared = false) {
  const journal = new ScriptedJournal(new MemoryJournal({ shared }));
  const { lines, logger } = recordingLogger();
  const limits = { trialMs, snapshotEntriesMin: 4, settleMsMax: 200 };
  return { journal, lines, service: serviceOn(journal, { logger, limits }) };
}

const trialsOf = ({ calls }: ScriptedJournal) => calls.filter((call) => call === 'tryWrite').length;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(1);
}

const message = (lines: readonly { readonly message: string }[]) =>
  lines.map((line) => line.message);

const failing = 'Writes fail: /readyz returns 503 until a trial write succeeds';
const again = 'Writes succeed again';

test('while writes succeed or conflict no trial write is made', async () => {
  const { journal, lines, service } = fixture(true);
  await run(service, 'm', add(1));
  journal.loseRace();
  await run(service, 'm', add(1));
  await pause(3 * trialMs);
  expect([await service.check(), trialsOf(journal), lines]).toEqual(['ready', 0, []]);
  await service.close();
});

test('after a failed write the state is writes-fail until a trial write succeeds', async () => {
  const { journal, lines, service } = fixture();
  await run(service, 'm', add(10));
  journal.fail('tryWrite', 3);
  journal.fail('append', 2);
  const refused = [run(service, 'm', add(1)), run(service, 'n', add(1))];
  for (const one of refused) await expect(one).rejects.toThrow(ServiceUnavailable);
  await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
  expect(await service.check()).toBe('writes-fail');
  expect(await read(service, 'm')).toMatchObject({ points: 10 });
  await until(async () => (await service.check()) === 'ready');
  expect(trialsOf(journal)).toBe(4);
  expect(lines).toEqual([
    { level: 'error', fields: { reason: 'The store is away, on cue.' }, message: failing },
    {
      level: 'info',
      fields: { failedWrites: 3, durationMs: expect.any(Number) },
      message: again,
    },
  ]);
  await service.close();
});

test('writes are attempted while the state is writes-fail', async () => {
  const { journal, service } = fixture();
  journal.fail('tryWrite', 1_000);
  journal.fail('append');
  await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
  expect(kinds((await run(service, 'm', add(1))).outcomes)).toEqual(['accepted']);
  expect(await service.check()).toBe('writes-fail');
  journal.clear();
  await until(async () => (await service.check()) === 'ready');
  await service.close();
});

test('an unknown outcome that resolves is not a failed write', async () => {
  stopWaits();
  const { journal, lines, service } = fixture();
  journal.loseResponse();
  journal.fail('append', 2);
  await run(service, 'm', add(1));
  expect([await service.check(), lines]).toEqual(['ready', []]);
  await service.close();
});

test('an unknown outcome that does not resolve is a failed write, and the log names the cause', async () => {
  const { journal, lines, service } = fixture();
  journal.fail('append', 1_000, () => new AppendOutcomeUnknown('The disk did not confirm.'));
  await expect(run(service, 'm', add(1))).rejects.toThrow(OutcomeUnknown);
  journal.clear();
  expect(lines[0]).toMatchObject({
    fields: { reason: 'The disk did not confirm.' },
    message: failing,
  });
  await until(async () => (await service.check()) === 'ready');
  await service.close();
});

test('a damaged store makes writes fail, with its message and without a stack', async () => {
  const { journal, lines, service } = fixture();
  journal.fail('append', 1, () => new OperatorError('store', 'The file is damaged.'));
  await expect(run(service, 'm', add(1))).rejects.toThrow('The file is damaged.');
  expect(await service.check()).toBe('writes-fail');
  expect(lines[0].fields).toEqual({ reason: 'The file is damaged.' });
  await service.close();
});

test('an error of an unknown kind makes writes fail only if the trial write fails too', async () => {
  const { journal, lines, service } = fixture();
  const fault = () => new Error('unknown');
  journal.fail('append', 2, fault);
  await expect(run(service, 'm', add(1))).rejects.toThrow('unknown');
  await until(() => trialsOf(journal) === 1);
  expect(await service.check()).toBe('ready');
  journal.fail('tryWrite', 1, fault);
  await expect(run(service, 'm', add(1))).rejects.toThrow('unknown');
  await until(async () => (await service.check()) === 'writes-fail');
  await until(async () => (await service.check()) === 'ready');
  expect(message(lines)).toEqual(['Append failed', 'Append failed', failing, again]);
  await service.close();
});

test('snapshots that fail are logged once each way, and a trial write decides whether writes fail', async () => {
  const { journal, lines, service } = fixture();
  journal.fail('saveSnapshot', 2);
  for (let count = 0; count < 4; count += 1) await run(service, 'm', add(1), spend(1));
  await until(() => lines.length === 2);
  await until(() => trialsOf(journal) >= 1);
  expect(await service.check()).toBe('ready');
  expect(message(lines)).toEqual(['Snapshots are not stored', 'Snapshots are stored again']);
  expect(lines.map(({ fields }) => 'err' in fields)).toEqual([false, false]);
  journal.fail('saveSnapshot');
  journal.fail('tryWrite');
  for (let count = 0; count < 4; count += 1) await run(service, 'm', add(1), spend(1));
  await until(() => message(lines).includes(again));
  await service.close();
});

test('a failed turn of a contended account is a failed write', async () => {
  const { journal, lines, service } = fixture(true);
  await run(service, 'm', add(1));
  for (let count = 0; count < 2; count += 1) journal.loseRace();
  journal.fail('appendAlone');
  await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
  expect(message(lines)).toEqual([failing]);
  await until(async () => (await service.check()) === 'ready');
  await service.close();
});

test('a store that cannot be read is logged once each way', async () => {
  const { journal, lines, service } = fixture(true);
  await run(service, 'm', add(1));
  journal.fail('catchUp', 5);
  for (let count = 0; count < 5; count += 1) {
    await expect(read(service, 'm')).rejects.toThrow(ServiceUnavailable);
  }
  for (let count = 0; count < 3; count += 1) await read(service, 'm');
  expect(lines).toMatchObject([
    { fields: { reason: 'The store is away, on cue.' }, message: 'The store cannot be read' },
    { fields: { failures: 5 }, message: 'The store is read again' },
  ]);
  await service.close();
});

test('a closed service makes no more trial writes', async () => {
  const { journal, service } = fixture();
  journal.fail('append');
  journal.fail('tryWrite', 1_000);
  await expect(run(service, 'm', add(1))).rejects.toThrow(ServiceUnavailable);
  await until(() => trialsOf(journal) === 2);
  await service.close();
  const before = trialsOf(journal);
  await pause(4 * trialMs);
  expect(trialsOf(journal)).toBe(before);
});
