import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry, SpendEntry } from '../../src/ledger/entry';
import { add, spend } from '../ledger/commands';
import { complaintsOf } from './checker';
import { insufficient, type PlantedHistory, plantedHistory } from './planted-history';
import { toldOf } from './told';

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
    (history) => {
      history.record('more', { kind: 'accepted' });
      history.record('refused', { kind: 'unwitnessed' });
    },
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
      history.sendAgain('unheard', { kind: 'refused', refusal: insufficient(1) });
    },
  ],
  [
    'an entry stands before one that was answered before it was sent',
    /^sequence 1 of account was sent after sequence 2 was answered/,
    (history) => history.swapFirstTwo(),
  ],
  [
    'a refused command is recorded by its next sending, which fails',
    /^refused stands in the journal, and nobody was told so/,
    (history) => {
      history.record('more', { kind: 'accepted' });
      history.record('refused', { kind: 'unwitnessed' });
      history.sendAgain('refused', { kind: 'failed' });
    },
  ],
  [
    'one id stands for two entries',
    /^the id entry 1 stands 2 times/,
    ({ entries }) => {
      entries[1] = { ...entries[1], id: entries[0].id };
    },
  ],
  [
    'the rows of a call stand in another order',
    /^the rows of call \d+ on account stand as 6,5/,
    (history) => {
      const call = history.evidence.call();
      for (const row of ['row 1', 'row 2']) history.know(row, add('A', 1, 1));
      for (const row of ['row 1', 'row 2']) history.record(row, { kind: 'accepted' }, call);
      history.swapLastTwoAnswers();
    },
  ],
  [
    'a client saw what was never durable',
    /showed .*999.* at no sequence/,
    (history) => history.see({ points: 999, balances: [{ payer: 'A', points: 999 }] }),
  ],
  [
    'points are not the sum of the balances',
    /showed .*"points":91.* at no sequence/,
    (history) => history.see({ ...history.account(), points: 91 }),
  ],
  [
    'lots are of another moment than the balances beside them',
    /showed .* at no sequence/,
    (history) => history.see({ ...history.account(), lots: { nodes: [] } }),
  ],
  [
    'a client saw an older state than it had been answered',
    /showed .*"account":null.* at no sequence from 4 to 4/,
    (history) => history.see(null),
  ],
  [
    'a client saw an older state than another client had seen',
    /showed .*"points":90.* at no sequence from 5 to 5/,
    (history) => {
      const before = history.account();
      history.record('unheard', { kind: 'unwitnessed' });
      history.see(history.account());
      history.see(before);
    },
  ],
  [
    'a change is sent after somebody saw it',
    /showed .*"points":95.* at no sequence from 4 to 4/,
    (history) => {
      history.know('late', add('A', 5, 9));
      history.record('late', { kind: 'unwitnessed' });
      history.see(history.account());
      history.sendAgain('late', { kind: 'unknown' });
    },
  ],
  [
    'the account beside a change is without it',
    /showed .* at no sequence from 5 to 5/,
    (history) => {
      const before = history.account();
      history.record('unheard', { kind: 'unwitnessed' });
      history.see(before, { atLeast: 5 });
    },
  ],
  [
    'a refusal is not borne out by its own figures',
    /showed .*"requested":30.* at no sequence/,
    (history) => {
      const refused = { command: spend(30), refusal: insufficient(30) };
      history.see(history.account(), { refused });
    },
  ],
  [
    'a refusal tells figures that the account never had',
    /showed .*"available":40.* at no sequence/,
    (history) => {
      const refused = { command: spend(200), refusal: insufficient(200, 40) };
      history.see(history.account(), { refused });
    },
  ],
  [
    'a command is refused under a key that nobody used',
    /showed .*IDEMPOTENCY_KEY_REUSED.* at no sequence/,
    (history) => {
      const command = add('A', 1, 1, { idempotencyKey: 'unused' });
      const refused = { command, refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } } as const;
      history.tell({ kind: 'refusal', refused });
    },
  ],
  [
    'a preview takes other lots than a spend would',
    /showed .*"preview".* at no sequence/,
    (history) => {
      const preview = { ...history.preview(20), deductions: [{ payer: 'B', points: -20 }] };
      history.tell({ kind: 'preview', points: 20, preview });
    },
  ],
  [
    'the history lacks what was answered',
    /showed .*"history".* at no sequence/,
    (history) => history.tell({ kind: 'history', ids: [encodeEntryId(history.entries[0])] }),
  ],
  [
    'an entry that was answered is not found',
    /showed .*"entry":null.* at no sequence/,
    (history) =>
      history.tell({ kind: 'entry', id: encodeEntryId(history.entries[3]), entry: null }),
  ],
  [
    'a client is answered what none may be',
    /^A change was answered INTERNAL_SERVER_ERROR/,
    ({ evidence }) => evidence.forbidden.push('A change was answered INTERNAL_SERVER_ERROR'),
  ],
];

test('the checker is content with a journal that explains all answers', () => {
  const { evidence, journal } = plantedHistory();
  expect(complaintsOf(evidence, journal())).toEqual([]);
});

test('the checker is content with every kind of true sighting', () => {
  const history = plantedHistory();
  const { entries, evidence } = history;
  history.see(history.account(), { atLeast: 4 });
  history.tell({ kind: 'preview', points: 20, preview: history.preview(20) });
  history.tell({ kind: 'preview', points: 91, preview: history.preview(91) });
  history.tell({ kind: 'history', ids: [entries[3], entries[2]].map(encodeEntryId) });
  const [first] = entries;
  history.tell({ kind: 'entry', id: encodeEntryId(first), entry: toldOf(first, entries) });
  expect(complaintsOf(evidence, history.journal())).toEqual([]);
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
