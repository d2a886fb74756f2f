import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Command } from '../../src/ledger/command';
import { OutcomeUnknown, ServiceUnavailable } from '../../src/service/service-error';
import { rivals } from '../journal/rivals';
import { ScriptedJournal } from '../journal/scripted-journal';
import { add, read, run, serviceOn, spend } from './service-fixture';

describe('a request over several accounts, one of which cannot be served,', () => {
  const view = () => null;

  /** Runs jobs while the store rejects appends; what needs no append can still be served. */
  async function failing(...jobs: { accountId: string; commands: Command[] }[]) {
    const journal = new ScriptedJournal(new MemoryJournal());
    const service = serviceOn(journal);
    await run(service, 'full', add(10));
    journal.fail('append');
    return service.run(jobs.map((job) => ({ ...job, view })));
  }

  const write = { accountId: 'm', commands: [add(1)] };

  test.each([
    ['beside another write', { accountId: 'n', commands: [add(1)] }],
    ['beside a refused command', { accountId: 'full', commands: [spend(11)] }],
    ['beside an account of an invalid id', { accountId: ' ', commands: [add(1)] }],
    ['beside a read', { accountId: 'full', commands: [] }],
  ])('%s, is rejected, and nothing was changed', async (_beside, other) => {
    await expect(failing(other, write)).rejects.toThrow(ServiceUnavailable);
  });

  test('is rejected with OUTCOME_UNKNOWN if a part of it was recorded', async () => {
    const journal = new ScriptedJournal(new MemoryJournal({ shared: true }));
    const service = serviceOn(journal);
    // The other account loses its first round, and the store goes away before its second.
    journal.loseRace((appends) => rivals(appends.filter(({ accountId }) => accountId === 'm')));
    journal.fail('append');
    const jobs = ['m', 'n'].map((accountId) => ({ accountId, commands: [add(1)], view }));
    await expect(service.run(jobs)).rejects.toThrow(OutcomeUnknown);
    expect(await read(service, 'n')).toMatchObject({ points: 1 });
  });
});
