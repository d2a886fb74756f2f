import {
  CaptureHoldDocument,
  type CaptureHoldInput,
  HoldPointsDocument,
  type HoldPointsInput,
  ReleaseHoldDocument,
} from '../../src/operations/generated/operations';
import { day, Life } from './life-api';

async function hold(life: Life, input: Partial<HoldPointsInput> = {}) {
  const all = { points: 60, expiresAt: day(10), ...input };
  return (await life.api.run(HoldPointsDocument, { input: all })).holdPoints!;
}

async function heldId(life: Life, input: Partial<HoldPointsInput> = {}): Promise<string> {
  return (await hold(life, input)).hold!.id;
}

async function capture(life: Life, input: CaptureHoldInput) {
  return (await life.api.run(CaptureHoldDocument, { input })).captureHold!;
}

async function release(life: Life, id: string) {
  return (await life.api.run(ReleaseHoldDocument, { input: { id } })).releaseHold!;
}

test('held points are shown apart, and are neither spent nor spendable', async () => {
  const life = new Life();
  await life.grant(100);
  const id = await heldId(life);
  const fields = `points held pending balances { points held }
    lots { nodes { remaining } } expiries { nodes { points } }
    holds { nodes { id held status expiresAt allocations { points } } }`;
  expect(await life.read(fields)).toEqual({
    points: 40,
    held: 60,
    pending: 0,
    balances: [{ points: 40, held: 60 }],
    lots: { nodes: [{ remaining: 40 }] },
    expiries: { nodes: [] },
    holds: {
      nodes: [{ id, held: 60, status: 'OPEN', expiresAt: day(10), allocations: [{ points: 60 }] }],
    },
  });
});

test('open holds come in pages, the next to end first', async () => {
  const life = new Life();
  await life.grant(100);
  for (const end of [9, 5, 7, 5]) await hold(life, { points: 1, expiresAt: day(end) });
  const page = 'nodes { sequence } pageInfo { endCursor hasNextPage hasPreviousPage }';
  const first = (await life.read(`holds(first: 3) { ${page} }`)) as {
    holds: { pageInfo: { endCursor: string } };
  };
  expect(first).toMatchObject({
    holds: {
      nodes: [{ sequence: 3 }, { sequence: 5 }, { sequence: 4 }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    },
  });
  const { endCursor } = first.holds.pageInfo;
  expect(await life.read(`holds(after: "${endCursor}") { ${page} }`)).toMatchObject({
    holds: { nodes: [{ sequence: 2 }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
  });
});

test('a capture spends what was taken first, and gives the rest back or keeps it', async () => {
  const life = new Life();
  await life.grant(50);
  await life.grant(50, { payer: 'B', timestamp: day(2) });
  const id = await heldId(life);
  expect(await capture(life, { id, points: 20, keepRest: true })).toMatchObject({
    spend: { points: 20, released: [], hold: { id, held: 40, status: 'OPEN' } },
    account: { points: 40 },
  });
  expect(await capture(life, { id, points: 41 })).toMatchObject({
    spend: null,
    errors: [{ __typename: 'ExceedsHeldError', code: 'EXCEEDS_HELD', path: ['points'], held: 40 }],
  });
  expect(await capture(life, { id, points: 10 })).toMatchObject({
    spend: {
      points: 10,
      allocations: [{ points: 10, transaction: { payer: 'A' } }],
      released: [
        { points: 20, transaction: { payer: 'A' } },
        { points: 10, transaction: { payer: 'B' } },
      ],
      lapses: [],
      hold: { held: 0, status: 'CAPTURED' },
    },
    account: { points: 70 },
  });
  const over = { __typename: 'HoldIsOverError', code: 'HOLD_IS_OVER', path: ['id'] };
  expect(await capture(life, { id })).toMatchObject({ errors: [over] });
  expect(await release(life, id)).toMatchObject({ release: null, errors: [over] });
});

test('the status of a hold is what closed it', async () => {
  const life = new Life();
  await life.grant(100);
  const ids = [];
  for (let count = 0; count < 4; count += 1) ids.push(await heldId(life, { points: 10 }));
  const [captured, released, ended, partly] = ids as [string, string, string, string];
  await capture(life, { id: captured, points: 10, keepRest: true });
  expect(await release(life, released)).toMatchObject({
    release: { points: 10, allocations: [{ points: 10 }], hold: { status: 'RELEASED' } },
  });
  await capture(life, { id: partly, points: 4, keepRest: true });
  life.at(day(10));
  const entries = ids.map((id, at) => `e${at}: entry(id: "${id}") { ... on Hold { held status } }`);
  const { data } = await life.api.send(`{ ${entries.join(' ')} }`);
  expect(data).toEqual({
    e0: { held: 0, status: 'CAPTURED' },
    e1: { held: 0, status: 'RELEASED' },
    e2: { held: 0, status: 'ENDED' },
    e3: { held: 0, status: 'ENDED' },
  });
  await life.grant(1);
  const rows = 'position at allocations { points } hold { id }';
  expect(
    await life.read(`history(first: 2) { nodes { ... on Lapse { endedHolds { ${rows} } } } }`),
  ).toMatchObject({
    history: {
      nodes: [
        {},
        {
          endedHolds: [
            { position: 0, at: day(10), allocations: [{ points: 10 }], hold: { id: ended } },
            { position: 1, at: day(10), allocations: [{ points: 6 }], hold: { id: partly } },
          ],
        },
      ],
    },
  });
});

test('an id that is not that of a hold is not found', async () => {
  const life = new Life();
  const id = await life.grant(100);
  const refusal = { __typename: 'EntryNotFoundError', code: 'ENTRY_NOT_FOUND', path: ['id'] };
  for (const wrong of [id, await life.spend(1), 'nonsense', '']) {
    expect(await capture(life, { id: wrong })).toMatchObject({ errors: [refusal] });
    expect(await release(life, wrong)).toMatchObject({ errors: [refusal] });
  }
});

test('a hold must end later than now, and an account has at most 1,000', async () => {
  const life = new Life();
  await life.grant(2_000);
  expect(await hold(life, { expiresAt: day(1) })).toMatchObject({
    errors: [{ code: 'NEVER_SPENDABLE', path: ['expiresAt'] }],
  });
  const names = Array.from({ length: 50 }, (_, at) => `h${at}`);
  const one = `holdPoints(input: { points: 1, expiresAt: "${day(9)}" }) { errors { code } }`;
  for (let call = 0; call < 20; call += 1) {
    await life.api.send(`mutation { ${names.map((name) => `${name}: ${one}`).join(' ')} }`);
  }
  expect(await hold(life)).toMatchObject({
    hold: null,
    account: { points: 1_000 },
    errors: [{ __typename: 'HoldsExceededError', code: 'HOLDS_EXCEEDED' }],
  });
});

describe('payers can be chosen, and as many points as there are', () => {
  const spend = `mutation ($input: SpendPointsInput!) { spendPoints(input: $input) {
    spend { points requested upTo payers { only except } deductions { payer points } }
    errors { code path ... on InsufficientPointsError { available } }
  } }`;
  const preview = `query ($input: PreviewSpendInput!) { previewSpend(input: $input) {
    deductions { payer points } errors { code } } }`;

  async function filled(): Promise<Life> {
    const life = new Life();
    await life.grant(50);
    await life.grant(30, { payer: 'B', timestamp: day(2) });
    return life;
  }

  test('a spend of some payers, or of all but some, takes their oldest points', async () => {
    const life = await filled();
    const input = { points: 40, payers: { except: ['A', 'A', 'unknown'] }, upTo: true };
    const deductions = [{ payer: 'B', points: -30 }];
    expect((await life.api.send(preview, { input })).data).toEqual({
      previewSpend: { deductions, errors: [] },
    });
    expect((await life.api.send(spend, { input })).data).toEqual({
      spendPoints: {
        spend: {
          points: 30,
          requested: 40,
          upTo: true,
          payers: { only: null, except: ['A', 'unknown'] },
          deductions,
        },
        errors: [],
      },
    });
    const tooMuch = { points: 51, payers: { only: ['A'] } };
    expect((await life.api.send(spend, { input: tooMuch })).data).toEqual({
      spendPoints: {
        spend: null,
        errors: [{ code: 'INSUFFICIENT_POINTS', path: ['points'], available: 50 }],
      },
    });
  });

  test('an empty choice, too many names and a blank name are refused', async () => {
    const life = await filled();
    const many = Array.from({ length: 101 }, (_, at) => `payer ${at}`);
    for (const payers of [{ only: [] }, { except: many }, { only: ['A', ' '] }]) {
      const { data } = await life.api.send(spend, { input: { points: 1, payers } });
      expect(data).toMatchObject({
        spendPoints: { errors: [{ code: 'INVALID_PAYERS', path: ['payers'] }] },
      });
    }
  });

  test('a choice of neither or of both is no valid input', async () => {
    const life = await filled();
    for (const payers of [{}, { only: ['A'], except: ['B'] }, { only: null }]) {
      const { data, errors } = await life.api.send(spend, { input: { points: 1, payers } });
      expect(data).toBeUndefined();
      expect(errors?.[0]?.message).toMatch(/Exactly one key|must be non-null/);
    }
  });
});
