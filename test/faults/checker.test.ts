import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry, SpendEntry } from '../../src/ledger/entry';
import { add, spend } from '../ledger/commands';
import { apiEntryOf } from './api-entry';
import { complaintsOf } from './checker';
import { insufficient, type PlantedHistory, plantedHistory } from './planted-history';

type Plant = (history: PlantedHistory) => void;

/** Planted faults, and the complaint that the checker must make. */
const plants: readonly (readonly [name: string, complaint: RegExp, plant: Plant])[] = [
  [
    'an acknowledged entry is missing',
    /^grant 2 was returned as .* and the journal has null/,
    ({ entries }) => entries.splice(1),
  ],
  [
    'an entry occurs twice under two sequences',
    /^grant 1 occurs 2 times/,
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
    'an entry differs from what was returned',
    /^grant 2 was returned as/,
    ({ entries }) => {
      entries[1] = { ...entries[1], id: 'another' };
    },
  ],
  [
    'points differ from what was sent',
    /^nobody sent/,
    ({ entries }) => {
      entries[0] = { ...entries[0], points: 101 } as Entry;
    },
  ],
  [
    'a refused command is recorded',
    /^refused is in the journal, but was never acknowledged/,
    (history) => {
      history.record('more', { kind: 'accepted' });
      history.record('refused', { kind: 'unacknowledged' });
    },
  ],
  [
    'a command that failed is recorded',
    /^failed is in the journal, but was never acknowledged/,
    (history) => history.record('failed', { kind: 'unacknowledged' }),
  ],
  [
    'half of an unacknowledged bulk call is recorded',
    /^only some rows of call \d+ are recorded/,
    (history) => history.record('bulk 1', { kind: 'unacknowledged' }),
  ],
  [
    'a command is accepted as new twice',
    /^grant 1 was accepted as new 2 times/,
    ({ evidence }) => evidence.attempts.push(evidence.attempts[0]),
  ],
  [
    'a refusal after a restart contradicts an earlier unknown outcome',
    /^unconfirmed is in the journal, but was refused/,
    (history) => {
      history.record('unconfirmed', { kind: 'unacknowledged' });
      history.sendAgain('unconfirmed', { kind: 'refused', refusal: insufficient(1) });
    },
  ],
  [
    'an entry precedes one that was acknowledged before it was sent',
    /^sequence 1 of account was sent after sequence 2 was acknowledged/,
    (history) => history.swapFirstTwo(),
  ],
  [
    'a refused command is recorded by its next attempt, which fails',
    /^refused is in the journal, but was never acknowledged/,
    (history) => {
      history.record('more', { kind: 'accepted' });
      history.record('refused', { kind: 'unacknowledged' });
      history.sendAgain('refused', { kind: 'failed' });
    },
  ],
  [
    'one id occurs in two entries',
    /^the id entry 1 occurs 2 times/,
    ({ entries }) => {
      entries[1] = { ...entries[1], id: entries[0].id };
    },
  ],
  [
    'the rows of a call are recorded in another order',
    /^the rows of call \d+ on account have the sequences 6,5/,
    (history) => {
      const call = history.evidence.call();
      for (const row of ['row 1', 'row 2']) history.know(row, add('A', 1, 1));
      for (const row of ['row 1', 'row 2']) history.record(row, { kind: 'accepted' }, call);
      history.swapLastTwoResponses();
    },
  ],
  [
    'a client saw what was never durable',
    /showed .*999.* at no sequence/,
    (history) => {
      const figures = { points: 999, held: 0, pending: 0 };
      history.see({ ...figures, balances: [{ payer: 'A', ...figures }] });
    },
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
    'a client saw an older state than an earlier response had shown',
    /showed .*"account":null.* at no sequence from 4 to 4/,
    (history) => history.see(null),
  ],
  [
    'a client saw an older state than another client had seen',
    /showed .*"points":90.* at no sequence from 5 to 5/,
    (history) => {
      const before = history.account();
      history.record('unconfirmed', { kind: 'unacknowledged' });
      history.see(history.account());
      history.see(before);
    },
  ],
  [
    'a change is sent after another client saw it',
    /showed .*"points":95.* at no sequence from 4 to 4/,
    (history) => {
      history.know('late', add('A', 5, 9));
      history.record('late', { kind: 'unacknowledged' });
      history.see(history.account());
      history.sendAgain('late', { kind: 'unknown' });
    },
  ],
  [
    'the account in the response to a change lacks it',
    /showed .* at no sequence from 5 to 5/,
    (history) => {
      const before = history.account();
      history.record('unconfirmed', { kind: 'unacknowledged' });
      history.see(before, { atLeast: 5 });
    },
  ],
  [
    'a refusal contradicts its own figures',
    /showed .*"requested":30.* at no sequence/,
    (history) => {
      const refused = { command: spend(30), refusal: insufficient(30) };
      history.see(history.account(), { refused });
    },
  ],
  [
    'a refusal holds figures that the account never had',
    /showed .*"available":40.* at no sequence/,
    (history) => {
      const refused = { command: spend(200), refusal: insufficient(200, 40) };
      history.see(history.account(), { refused });
    },
  ],
  [
    'a command is refused under an unused key',
    /showed .*IDEMPOTENCY_KEY_REUSED.* at no sequence/,
    (history) => {
      const command = add('A', 1, 1, { idempotencyKey: 'unused' });
      const refused = { command, refusal: { code: 'IDEMPOTENCY_KEY_REUSED' } } as const;
      history.receive({ kind: 'refusal', refused });
    },
  ],
  [
    'a preview takes other lots than a spend would',
    /showed .*"preview".* at no sequence/,
    (history) => {
      const request = { points: 20 };
      const preview = { ...history.preview(request), deductions: [{ payer: 'B', points: -20 }] };
      history.receive({ kind: 'preview', request, preview });
    },
  ],
  [
    'the history lacks an acknowledged entry',
    /showed .*"history".* at no sequence/,
    (history) => history.receive({ kind: 'history', nodes: history.newest().slice(1) }),
  ],
  [
    'an acknowledged entry is not found',
    /showed .*"entry":null.* at no sequence/,
    (history) =>
      history.receive({ kind: 'entry', id: encodeEntryId(history.entries[3]), entry: null }),
  ],
  [
    'a client gets a response that none may get',
    /^A change returned INTERNAL_SERVER_ERROR/,
    ({ evidence }) => evidence.forbidden.push('A change returned INTERNAL_SERVER_ERROR'),
  ],
];

test('the checker accepts a journal that explains all responses', () => {
  const { evidence, journal } = plantedHistory();
  expect(complaintsOf(evidence, journal())).toEqual([]);
});

test('the checker accepts every kind of true sighting', () => {
  const history = plantedHistory();
  const { entries, evidence } = history;
  history.see(history.account(), { atLeast: 4 });
  for (const request of [{ points: 20 }, { points: 91 }]) {
    history.receive({ kind: 'preview', request, preview: history.preview(request) });
  }
  history.receive({ kind: 'history', nodes: history.newest() });
  const [first] = entries;
  history.receive({ kind: 'entry', id: encodeEntryId(first), entry: apiEntryOf(first, entries) });
  expect(complaintsOf(evidence, history.journal())).toEqual([]);
});

test('a command of unknown outcome may be recorded once, or not', () => {
  const history = plantedHistory();
  history.record('unconfirmed', { kind: 'unacknowledged' });
  expect(complaintsOf(history.evidence, history.journal())).toEqual([]);
  history.record('unconfirmed', { kind: 'unacknowledged' });
  expect(complaintsOf(history.evidence, history.journal())).toEqual(['unconfirmed occurs 2 times']);
});

test.each(plants)('the checker notices that %s', (_name, complaint, plant) => {
  const history = plantedHistory();
  plant(history);
  expect(complaintsOf(history.evidence, history.journal())).toContainEqual(
    expect.stringMatching(complaint),
  );
});
