import { MemoryJournal } from '../../../src/journal/memory/journal';
import { describeJournal } from '../contract/suite';

describeJournal('memory', async () => {
  const journal = new MemoryJournal({ shared: true });
  return {
    journal,
    reopen: async () => journal,
    sibling: async () => journal,
    dispose: () => journal.close(),
  };
});

test('it is not shared by default', () => {
  expect(new MemoryJournal().shared).toBe(false);
  expect(new MemoryJournal({ shared: true }).shared).toBe(true);
});
