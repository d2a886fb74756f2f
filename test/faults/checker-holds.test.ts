import { encodeEntryId } from '../../src/ids/entry-id';
import type { Entry } from '../../src/ledger/entry';
import type { HoldEntry } from '../../src/ledger/hold-entry';
import { add } from '../ledger/commands';
import { capture, grant, hold, spendOf } from '../ledger/life-commands';
import { complaintsOf } from './checker';
import { noon, PlantedHistory } from './planted-history';

const minute = 60_000;
const accepted = { kind: 'accepted' } as const;

/** An account with two payers and a hold, part of which was captured. */
function heldHistory(): PlantedHistory {
  const history = new PlantedHistory();
  history.know('grant 1', grant('A', 100, 1, { expiresAt: noon + minute }));
  history.know('grant 2', add('B', 50, 2));
  history.know('grant 3', grant('B', 5, 3, { availableFrom: noon + minute }));
  history.know('hold', hold(120, noon + 2 * minute, { payers: { except: ['C', 'C'] } }));
  history.know('capture', capture(4, 30, true));
  history.know('capture of the rest', capture(4));
  history.know('end', add('A', 1, 9));
  for (const reference of ['grant 1', 'grant 2', 'grant 3', 'hold', 'capture']) {
    history.record(reference, accepted);
  }
  return history;
}

function holdId({ entries }: PlantedHistory): string {
  return encodeEntryId(entries[3]);
}

const refused = { command: capture(4), refusal: { code: 'HOLD_IS_OVER' } };

const pointsOf = (payer: string) => ({ payers: { only: [payer] } });

type Plant = (history: PlantedHistory) => void;

/** Planted faults, and the complaint that the checker must make. */
const plants: readonly (readonly [name: string, complaint: RegExp, plant: Plant])[] = [
  [
    'a capture took points that were not held',
    /where the rule says/,
    ({ entries }) => {
      const allocations = (entries[3] as HoldEntry).allocations.slice(1);
      entries[4] = { ...entries[4], allocations } as Entry;
    },
  ],
  [
    'a hold chose other payers than were sent',
    /^nobody sent/,
    ({ entries }) => {
      entries[3] = { ...entries[3], payers: { except: ['D'] } } as HoldEntry;
    },
  ],
  [
    'held points are shown as spendable',
    /showed .*"held":0.* at no sequence/,
    (history) => history.see({ ...history.account(), points: 120, held: 0 }),
  ],
  [
    'an account lacks an open hold',
    /showed .*"holds":\{"nodes":\[\]\}.* at no sequence/,
    (history) => history.see({ ...history.account(), holds: { nodes: [] } }),
  ],
  [
    'an expiry lists points that are held',
    /showed .* at no sequence/,
    (history) => {
      const [transaction, at] = [{ id: encodeEntryId(history.entries[0]) }, '2024-01-01T12:01:00Z'];
      const expiries = { nodes: [{ at, points: 100, transaction }] };
      history.see({ ...history.account(), expiries });
    },
  ],
  [
    'a hold is open after it was captured',
    /showed .*"status":"OPEN".* at no sequence from 6 to 6/,
    (history) => {
      history.record('capture of the rest', accepted);
      history.receive({ kind: 'hold', id: holdId(history), held: 90, status: 'OPEN' });
    },
  ],
  [
    'a hold that was captured is said to have ended',
    /showed .*"status":"ENDED".* at no sequence/,
    (history) => {
      history.record('capture of the rest', accepted);
      history.receive({ kind: 'hold', id: holdId(history), held: 0, status: 'ENDED' });
    },
  ],
  [
    'a hold is over before its end',
    /showed .*HOLD_IS_OVER.* at no sequence/,
    (history) => {
      history.receive({ kind: 'refusal', refused });
      history.now = noon + minute;
      history.record('end', accepted);
    },
  ],
  [
    'a captured spend is said to be reversed',
    /showed .*"reversed":30.* at no sequence/,
    (history) => {
      const id = encodeEntryId(history.entries[4]);
      history.receive({ kind: 'reversed', id, reversed: 30 });
    },
  ],
  [
    'a preview takes points of a payer that was not chosen',
    /showed .*"preview".* at no sequence/,
    (history) => {
      const preview = history.preview({ points: 10, ...pointsOf('B') });
      history.receive({ kind: 'preview', request: { points: 10, ...pointsOf('A') }, preview });
    },
  ],
  [
    'a preview of a later instant shows the account as it is now',
    /showed .*"preview".* at no sequence/,
    (history) => {
      const [points, preview] = [31, history.preview({ points: 31 })];
      history.receive({ kind: 'preview', request: { points, at: noon + minute }, preview });
    },
  ],
  [
    'an account at a later instant still has a hold that ends before',
    /showed .* at no sequence/,
    (history) => {
      const account = history.account(noon + 2 * minute - 1);
      history.receive({ kind: 'account', account, refused: null, at: noon + 2 * minute });
    },
  ],
  [
    'an entry in the history differs from what is recorded',
    /showed .*"history".* at no sequence/,
    (history) => {
      const [newest, ...older] = history.newest();
      history.receive({ kind: 'history', nodes: [{ ...newest, keepRest: false }, ...older] });
    },
  ],
];

test.each(plants)('the checker notices that %s', (_name, complaint, plant) => {
  const history = heldHistory();
  plant(history);
  expect(complaintsOf(history.evidence, history.journal())).toContainEqual(
    expect.stringMatching(complaint),
  );
});

test('the checker accepts what is true of holds, chosen payers and later instants', () => {
  const history = heldHistory();
  const id = holdId(history);
  history.receive({ kind: 'hold', id, held: 90, status: 'OPEN' });
  for (const choices of [
    pointsOf('B'),
    { ...pointsOf('A'), upTo: true },
    { payers: { only: [] } },
  ]) {
    for (const at of [undefined, noon + minute, noon + 2 * minute]) {
      const request = { points: 31, ...choices, at };
      history.receive({ kind: 'preview', request, preview: history.preview(request) });
    }
  }
  for (const at of [noon + minute, noon + 2 * minute]) {
    const account = history.account(at);
    history.receive({ kind: 'account', account, refused: null, at });
  }
  history.receive({ kind: 'hold', id, held: 0, status: 'ENDED' });
  expect(complaintsOf(history.evidence, history.journal())).toEqual([]);
});

test('the checker accepts the end of a hold, the lapse of its points, and a refusal from then on', () => {
  const history = heldHistory();
  const id = holdId(history);
  history.receive({ kind: 'refusal', refused });
  history.know('end', spendOf(5, pointsOf('B')));
  history.now = noon + 2 * minute;
  history.record('end', accepted);
  const [, lapse] = history.newest();
  expect(lapse).toMatchObject({
    expired: 70,
    endedHolds: [{ points: 90 }],
    begun: [{ points: 5 }],
  });
  history.receive({ kind: 'history', nodes: history.newest() });
  history.receive({ kind: 'hold', id, held: 0, status: 'ENDED' });
  history.receive({ kind: 'refusal', refused });
  expect(complaintsOf(history.evidence, history.journal())).toEqual([]);
});
