import { parse, subscribe } from 'graphql';
import { day, Life } from './life-api';

/** Makes spends over two lots each, each reversed in part. */
async function reversals(life: Life, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    await life.grant(10);
    await life.grant(10, { payer: 'B' });
    await life.reverseSpend({ id: await life.spend(15), points: 10 });
  }
  life.service.calls.length = 0;
}

test('what the entries of a page name is read in batches, however many they are', async () => {
  const fields = `... on Transaction { reversed }
    ... on Spend { reversed allocations { transaction { reversed } } }
    ... on SpendReversal { spend { reversed } allocations { transaction { payer } } }`;
  const calls = [];
  for (const count of [2, 20]) {
    const life = new Life();
    await reversals(life, count);
    await life.read(`history(first: 80) { nodes { ${fields} } }`);
    calls.push(life.service.calls.toSorted());
  }
  expect(calls[0]).toEqual(calls[1]);
});

test('spends that entries name have a budget beside that of the lists', async () => {
  const life = new Life(8);
  await reversals(life, 10);
  const history =
    'history(first: 3) { nodes { ... on SpendReversal { points spend { points } } } }';
  expect(await life.read(history)).toMatchObject({
    history: { nodes: [{ points: 10, spend: { points: 15 } }, {}, {}] },
  });
  const id = await life.spend(35);
  const part = `reverseSpend(input: { id: "${id}", points: 1 }) {
    spendReversal { points spend { points } } }`;
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const { data, errors } = await life.api.send(
    `mutation { ${names.map((name) => `${name}: ${part}`).join(' ')} }`,
  );
  const [first] = errors ?? [];
  expect(first).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  expect(first?.path?.slice(1)).toEqual(['spendReversal', 'spend']);
  expect(data).toMatchObject({ a: { spendReversal: { points: 1 } }, f: { spendReversal: null } });
  expect(
    await life.read('history(first: 1) { nodes { ... on SpendReversal { points } } }'),
  ).toEqual({
    history: { nodes: [{ points: 1 }] },
  });
});

test('every kind of entry is sent to subscribers, and leads to what it names', async () => {
  const life = new Life();
  const id = await life.grant(100, { expiresAt: day(5) });
  const spend = await life.spend(60);
  await life.reverseSpend({ id: spend, points: 10 });
  await life.reverseTransaction({ id, points: 5 });
  await life.at(day(6)).grant(1);
  const document = parse(`subscription { accountChanged(after: 0) {
    account { id }
    entry {
      __typename
      ... on SpendReversal { points spend { id } }
      ... on TransactionReversal { fromLot transaction { id } }
      ... on Lapse { expired lots { at transaction { id } } }
    }
  } }`);
  const { schema } = life.api;
  const changes = (await subscribe({ schema, document })) as AsyncGenerator;
  const entries: unknown[] = [];
  for (let count = 0; count < 6; count += 1) {
    const { value } = await changes.next();
    entries.push(value.data.accountChanged.entry);
  }
  await changes.return(undefined);
  expect(JSON.parse(JSON.stringify(entries))).toEqual([
    { __typename: 'Transaction' },
    { __typename: 'Spend' },
    { __typename: 'SpendReversal', points: 10, spend: { id: spend } },
    { __typename: 'TransactionReversal', fromLot: 5, transaction: { id } },
    { __typename: 'Lapse', expired: 45, lots: [{ at: day(5), transaction: { id } }] },
    { __typename: 'Transaction' },
  ]);
});
