import { MemoryJournal } from '../../../src/journal/memory/journal';
import { recordDue } from '../../../src/service/sweep/record-accounts';
import { ScriptedJournal } from '../../journal/scripted-journal';
import { grant, LifeService } from '../life-fixture';
import { run } from '../service-fixture';

test('a service that closes ends a sweep, whatever is left to read', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  // More than two pages.
  const many = Array.from({ length: 1_100 }, (_none, index) => `${index}`);
  const life = new LifeService(journal);
  await Promise.all(many.map((id) => run(life.at(0), id, grant(10, { expiresAt: 100 }))));
  life.now = 200;
  // Recorded, so that the next sweep asks nothing of the service, which refuses while it closes.
  await Promise.all(many.map((id) => recordDue(life.service, id)));
  journal.calls.length = 0;
  const next = new LifeService(journal, { sweep: true });
  next.now = 200;
  await new Promise<void>((begin) => {
    journal.next('due', (read) => {
      begin();
      return read();
    });
  });
  await next.service.close();
  expect(journal.calls.filter((method) => method === 'due')).toHaveLength(1);
});
