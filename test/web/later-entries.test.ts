import { type Naming, whatHappened } from '../../web/src/account/later-entries';

const entry = { id: 'later', sequence: 9 };
const whatsOf = (naming: Naming, kind: string) =>
  whatHappened(naming, { __typename: kind, id: 'named' }).map(({ what }) => what);
const rowOf = (id: string) => ({ transaction: { id } });

test('a lapse began a grant, let it expire, or both; and it ended a hold', () => {
  const lapse = (begun: string[], lots: string[]): Naming => ({
    __typename: 'Lapse',
    ...entry,
    begun: begun.map(rowOf),
    lots: lots.map(rowOf),
  });
  expect(whatsOf(lapse(['named'], ['other']), 'Transaction')).toEqual(['began in']);
  expect(whatsOf(lapse(['other'], ['named']), 'Transaction')).toEqual(['expired in']);
  const both = ['began in', 'expired in'];
  expect(whatsOf(lapse(['named'], ['other', 'named']), 'Transaction')).toEqual(both);
  expect(whatsOf({ __typename: 'Lapse', ...entry }, 'Hold')).toEqual(['ended in']);
});

test('what gives points back to a grant past its expiry is not confused with its reversal', () => {
  const back = ['came back and expired in'];
  for (const kind of ['Spend', 'Release', 'SpendReversal'] as const) {
    expect(whatsOf({ __typename: kind, ...entry }, 'Transaction')).toEqual(back);
  }
  const reversal = { __typename: 'TransactionReversal', ...entry } as const;
  expect(whatsOf({ ...reversal, lifted: 0 }, 'Transaction')).toEqual(['reversed by']);
  expect(whatsOf({ ...reversal, lifted: 5 }, 'Transaction')).toEqual(['lifted by']);
  expect(whatsOf({ __typename: 'SpendReversal', ...entry }, 'Spend')).toEqual(['given back by']);
  expect(whatsOf({ __typename: 'Spend', ...entry }, 'Hold')).toEqual(['captured by']);
  expect(whatsOf({ __typename: 'Release', ...entry }, 'Hold')).toEqual(['released by']);
});
