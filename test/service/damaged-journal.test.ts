import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { AppendOutcomeUnknown, JournalDamaged } from '../../src/journal/journal-error';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import { OutcomeUnknown, ServiceUnavailable } from '../../src/service/service-error';
import { silentLogger } from '../../src/telemetry/logger';
import { ScriptedJournal } from '../journal/scripted-journal';
import { useFolder } from '../journal/sqlite/fixture';
import { recordingLogger } from './recording-logger';
import { add, read, run, serviceOn } from './service-fixture';

const folder = useFolder();

test('an append of unknown outcome is not retried once the journal is known to be damaged', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const waits: number[] = [];
  const { lines, logger } = recordingLogger();
  const service = serviceOn(journal, {
    logger,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  await run(service, 'm', add(1));
  journal.fail('append', 1, () => new AppendOutcomeUnknown('The log was truncated.'));
  journal.fail('append', 1_000, () => new JournalDamaged('The log was truncated.'));
  await expect(run(service, 'm', add(5))).rejects.toThrow(OutcomeUnknown);
  expect(waits).toHaveLength(1);
  await expect(run(service, 'm', add(5))).rejects.toThrow(ServiceUnavailable);
  // The journal has logged the damage, which no trial write ends.
  expect(lines).toEqual([]);
});

test('once the journal is damaged, cached accounts are not read, and that is logged once', async () => {
  const path = join(folder(), 'ledger.db');
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (_: object, message: string) => errors.push(message) };
  const journal = await SqliteJournal.open(path, { logger });
  const service = serviceOn(journal, { logger });
  await run(service, 'm', add(5, { key: 'k' }));
  expect(await read(service, 'm')).toMatchObject({ points: 5 });
  truncateSync(`${path}-wal`, 100);
  // A replay would confirm an entry that may be lost.
  await expect(run(service, 'm', add(5, { key: 'k' }))).rejects.toThrow(ServiceUnavailable);
  await expect(read(service, 'm')).rejects.toThrow(ServiceUnavailable);
  await expect(service.check()).rejects.toThrow(ServiceUnavailable);
  expect(errors).toEqual([expect.stringContaining('entry 1 of account "m"')]);
  await service.close();
});
