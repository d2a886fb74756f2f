import type { Entry, SpendEntry } from '../../src/ledger/entry';
import { complaintsOf } from './checker';
import { type PlantedHistory, plantedHistory } from './planted-history';

type Plant = (history: PlantedHistory) => void;

/** What the journal could have done wrong, and the words in which the checker must complain. */
const plants: readonly (readonly [name: string, complaint: RegExp, plant: Plant])[] = [
  [
    'an answered entry is missing',
    /^grant 2 was answered as .* and the journal has null/,
    ({ entries }) => entries.splice(1),
  ],
  [
    'an entry stands twice under two numbers',
    /^grant 1 stands 2 times/,
    ({ entries }) => entries.push({ ...entries[0], id: 'again', sequence: entries.length + 1 }),
  ],
  [
    'a spend took another lot',
    /where the rule says/,
    ({ entries }) => {
      const spend = entries[3] as SpendEntry;
      entries[3] = { ...spend, allocations: [{ ...spend.allocations[0], sequence: 1 }] };
    },
  ],
  ['a sequence is missing', /where the rule says/, ({ entries }) => entries.splice(1, 1)],
  [
    'the clock went back',
    /where the rule says/,
    ({ entries }) => {
      entries[2] = { ...entries[2], recordedAt: 1 };
    },
  ],
  [
    'an entry is another than was answered',
    /^grant 2 was answered as/,
    ({ entries }) => {
      entries[1] = { ...entries[1], id: 'another' };
    },
  ],
  [
    'points are others than were asked',
    /^nobody sent/,
    ({ entries }) => {
      entries[0] = { ...entries[0], points: 101 } as Entry;
    },
  ],
  [
    'a refused command stands',
    /^refused stands in the journal, and nobody was told so/,
    (history) => history.record('refused', { kind: 'unwitnessed' }),
  ],
  [
    'a command that failed stands',
    /^failed stands in the journal, and nobody was told so/,
    (history) => history.record('failed', { kind: 'unwitnessed' }),
  ],
  [
    'half of an unanswered bulk call stands',
    /^of the rows of call \d+ only some stand/,
    (history) => history.record('bulk 1', { kind: 'unwitnessed' }),
  ],
  [
    'a command counts as new twice',
    /^grant 1 was accepted as new 2 times/,
    ({ evidence }) => evidence.attempts.push(evidence.attempts[0]),
  ],
  [
    'a refusal by a later life tells what an earlier one did not',
    /^unheard stands in the journal, and was refused/,
    (history) => {
      history.record('unheard', { kind: 'unwitnessed' });
      history.sendAgain('unheard', { kind: 'refused', available: null });
    },
  ],
  [
    'an entry stands before one that was answered before it was sent',
    /^sequence 1 was sent after the answer to sequence 2/,
    (history) => history.swapFirstTwo(),
  ],
  [
    'a client saw what was never durable',
    /showed \[\["A",999\]\], its balances at no sequence/,
    (history) => history.show([{ payer: 'A', points: 999 }]),
  ],
  [
    'a client saw an older state than it had been answered',
    /showed null, its balances at no sequence from 4 to 4/,
    (history) => history.show(null),
  ],
  [
    'a refusal is not borne out by its own figures',
    /^refused was refused for 30, and 30 were available/,
    (history) => history.sendAgain('refused', { kind: 'refused', available: 30 }),
  ],
];

test('the checker is content with a journal that explains all answers', () => {
  const { evidence, journal } = plantedHistory();
  expect(complaintsOf(evidence, journal())).toEqual([]);
});

test('a command that nobody heard of may stand, once, or not', () => {
  const history = plantedHistory();
  history.record('unheard', { kind: 'unwitnessed' });
  expect(complaintsOf(history.evidence, history.journal())).toEqual([]);
  history.record('unheard', { kind: 'unwitnessed' });
  expect(complaintsOf(history.evidence, history.journal())).toEqual(['unheard stands 2 times']);
});

test.each(plants)('the checker notices that %s', (_name, complaint, plant) => {
  const history = plantedHistory();
  plant(history);
  expect(complaintsOf(history.evidence, history.journal())).toContainEqual(
    expect.stringMatching(complaint),
  );
});
