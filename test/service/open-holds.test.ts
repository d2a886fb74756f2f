import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Command } from '../../src/ledger/command';
import { ScriptedJournal } from '../journal/scripted-journal';
import { capture, hold } from '../ledger/life-commands';
import { historyOf, LifeService, reverseSpend } from './life-fixture';
import { add, kinds, run, spend } from './service-fixture';

const accountCount = 1_000;
const holdsEach = 10;

/** Returns the calls of the journal that commands of an account without open holds make. */
async function callsBeside(holds: number): Promise<string[]> {
  const journal = new ScriptedJournal(new MemoryJournal({ shared: true }));
  const life = new LifeService(journal);
  const commands = [add(100), ...Array.from({ length: holds }, () => hold(1, 1_000))];
  const jobs = Array.from({ length: accountCount }, (_, index) => {
    return { accountId: `held ${index}`, commands, view: () => null };
  });
  for (const job of jobs) await life.service.run([job]);
  expect((await historyOf(journal, 'held 999')).length).toBe(1 + holds);
  await run(life.service, 'm', add(100));
  journal.calls.length = 0;
  const sent: Command[] = [add(5), spend(3), reverseSpend(3), hold(4, 500), capture(5)];
  for (const command of sent) {
    expect(kinds((await run(life.service, 'm', command)).outcomes)).toEqual(['accepted']);
  }
  await run(life.at(499), 'm');
  return journal.calls;
}

test('10,000 open holds over 1,000 accounts cost an account without holds no call', async () => {
  expect(await callsBeside(holdsEach)).toEqual(await callsBeside(0));
});
