import type { Entry } from '../../src/ledger/entry';
import { at, expectFound, type Fault, type Findings, without } from './faults';

const inHold = at('hold', 10);
const inCapture = at('spend', 11);
const inRelease = at('release', 12);
const inEnd = at('lapse', 14);

/**
 * The hold 10 of the story is captured in part by 11 and released by 12; the hold 13 ends in the
 * lapse 14; 15 spends with a choice.
 */
test.each<[string, Fault, Findings]>([
  [
    'holds points of a payer that was not chosen',
    inHold((hold) => ({ ...hold, payers: { except: ['DANNON'] } })),
    [/entry 10: the rule refuses it \(INSUFFICIENT_POINTS\)/],
  ],
  [
    'has a choice out of order',
    inHold((hold) => ({ ...hold, payers: { only: ['DANNON', 'A'] } })),
    [/entry 10: its choice of payers is .*, and by the rule \{"only":\["A","DANNON"\]\}/],
  ],
  [
    'holds less than was requested',
    inHold((hold) => ({ ...hold, requested: 11 })),
    ['entry 10: its number of points is 10, and by the rule 11'],
  ],
  [
    'captures more than the hold has in all',
    inCapture((capture) => ({ ...capture, total: 5 })),
    ['entry 11: its total is 5, and by the rule 4'],
  ],
  [
    'captures a hold and returns points of it that it keeps',
    inCapture((capture) => ({ ...capture, released: capture.allocations }) as Entry),
    [/entry 11: its released part 1 is 4 points of .*, and by the rule missing/],
  ],
  [
    'releases less than is held',
    inRelease((release) => ({ ...release, points: 5 })),
    ['entry 12: its number of points is 5, and by the rule 6'],
  ],
  [
    'releases what is no hold',
    inRelease((release) => ({ ...release, target: 1 })),
    [/entry 12: the rule refuses it \(ENTRY_NOT_FOUND\)/],
  ],
  [
    'lacks the end of a hold',
    without(14),
    [
      /entry 14: the end at 2025-11-27T10:00:00.000Z of the hold of entry 13, which gives back 16: /,
    ],
  ],
  [
    'gives back less at the end of a hold',
    inEnd((lapse) => ({
      ...lapse,
      rows: lapse.rows.map((row) => (row.kind === 'end' ? { ...row, points: 19 } : row)),
    })),
    [/entry 14: its row 1 is the end at .* gives back 19: .*, and by the rule the end .* back 16/],
  ],
])('a history that %s is found', async (_name, fault, findings) => {
  await expectFound(fault, findings);
});
