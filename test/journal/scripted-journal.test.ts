import { AppendOutcomeUnknown, JournalUnavailable } from '../../src/journal/journal-error';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { everything } from './contract/append';
import { describeJournal } from './contract/suite';
import { beginning, following, run, transaction } from './entries';
import { ScriptedJournal } from './scripted-journal';

describeJournal('a script without cues', async () => {
  const journal = new ScriptedJournal(new MemoryJournal({ shared: true }));
  return { journal, dispose: () => journal.close() };
});

describe('on cue', () => {
  let store = new MemoryJournal({ shared: true });
  let journal = new ScriptedJournal(store);
  const [first, second] = run('a', 1, 2);

  beforeEach(async () => {
    store = new MemoryJournal({ shared: true });
    journal = new ScriptedJournal(store);
    await journal.append([beginning(first)]);
  });

  test('it loses the race against an entry that is stored', async () => {
    journal.loseRace();
    const others = beginning(transaction('b', 1));
    expect(await journal.append([following(first, second), others])).toEqual([
      'conflict',
      'conflict',
    ]);
    const [, rival] = await everything(store, 'a');
    expect(rival).toMatchObject({ sequence: 2, payer: 'RIVAL' });
    const behind = following(rival, transaction('a', 3));
    expect(await journal.append([behind])).toEqual(['appended']);
  });

  test('it loses the race against the entries and on the accounts that the test names', async () => {
    const faster = transaction('a', 2, { idempotencyKey: 'same' });
    journal.loseRace(() => [following(first, faster)]);
    const others = beginning(transaction('b', 1));
    const results = await journal.append([following(first, second), others]);
    expect(results).toEqual(['conflict', 'appended']);
    expect(await everything(store, 'a')).toEqual([first, faster]);
  });

  test('it fails without executing anything, a given number of times, then passes through', async () => {
    journal.fail('append', 2);
    const append = following(first, second);
    await expect(journal.append([append])).rejects.toThrow(JournalUnavailable);
    await expect(journal.append([append])).rejects.toThrow(JournalUnavailable);
    expect(await everything(store, 'a')).toEqual([first]);
    expect(await journal.append([append])).toEqual(['appended']);
    journal.fail('check', 1, () => new Error('a bug'));
    await expect(journal.check()).rejects.toThrow('a bug');
  });

  test('it loses the response of an executed append', async () => {
    journal.loseResponse();
    const append = following(first, second);
    await expect(journal.append([append])).rejects.toThrow(AppendOutcomeUnknown);
    expect(await everything(store, 'a')).toEqual([first, second]);
    expect(await journal.append([append])).toEqual(['conflict']);
  });

  test('it executes an append later, or never', async () => {
    const sent = journal.delay();
    await expect(sent.commit()).rejects.toThrow('No append');
    const append = following(first, second);
    await expect(journal.append([append])).rejects.toThrow(AppendOutcomeUnknown);
    expect(await everything(store, 'a')).toEqual([first]);
    expect(await sent.commit()).toEqual(['appended']);
    expect(await everything(store, 'a')).toEqual([first, second]);
  });

  test('a delayed append goes to its first store, also after a fork', async () => {
    const sent = journal.delay();
    const append = following(first, second);
    await expect(journal.append([append])).rejects.toThrow(AppendOutcomeUnknown);
    const other = new MemoryJournal({ shared: true });
    journal.fork(other);
    await sent.commit();
    expect(await everything(store, 'a')).toEqual([first, second]);
    expect(await everything(other, 'a')).toEqual([]);
  });

  test('a call waits at a gate, and others pass it', async () => {
    const gate = journal.hold('append');
    const held = journal.append([following(first, second)]);
    await gate.reached;
    expect(await everything(journal, 'a')).toEqual([first]);
    gate.open();
    expect(await held).toEqual(['appended']);
  });

  test('a fork shows another history', async () => {
    const other = new MemoryJournal({ shared: true });
    const stranger = transaction('a', 1);
    await other.append([beginning(stranger)]);
    journal.fork(other);
    expect(await everything(journal, 'a')).toEqual([stranger]);
  });

  test('away, every call fails, and the cues remain for later', async () => {
    journal.loseResponse();
    journal.away();
    await expect(journal.check()).rejects.toThrow(JournalUnavailable);
    await expect(journal.append([following(first, second)])).rejects.toThrow(JournalUnavailable);
    journal.back();
    await expect(journal.append([following(first, second)])).rejects.toThrow(AppendOutcomeUnknown);
    expect(journal.calls).toEqual(['append', 'check', 'append', 'append']);
    expect(journal.appended).toHaveLength(3);
  });
});
