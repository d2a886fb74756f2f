import type { Command } from '../../../src/ledger/command';
import { BatchingLedgerService } from '../../../src/service/batching-ledger-service';
import { silentLogger } from '../../../src/telemetry/logger';
import { LedgerApi } from '../../graphql/ledger-api';
import { debit, spend } from '../../ledger/commands';
import { grant, reverseSpend } from '../../ledger/life-commands';
import { questionsOf, sectionOf } from './questions';
import { storeKinds, useViewStore } from './store';

const section = sectionOf('Questions about dates, reversals and holds');
const questions = questionsOf(section);
const accountIds = ['ben', 'cleo'];

test('every question of the section is tested here', () => {
  expect(questions).toHaveLength(section.match(/^### /gm)!.length);
});

const dayOf = (day: string) => Date.parse(`${day} 2026 UTC`);

describe.each(storeKinds())('%s returns what docs/sql.md says:', (kind) => {
  const store = useViewStore(kind);
  let api: LedgerApi;
  let atTheEndOfMarch: string[][] = [];

  beforeAll(async () => {
    let now = 0;
    const service = new BatchingLedgerService({
      journal: store().journal,
      logger: silentLogger,
      now: () => now,
    });
    api = new LedgerApi(service);
    const record = async (day: string, accountId: string, ...commands: Command[]) => {
      now = dayOf(day);
      const [result] = await service.run([{ accountId, commands, view: () => null }]);
      for (const { kind: outcome } of result!.outcomes) expect(outcome).toBe('accepted');
    };
    const ofDay = (payer: string, points: number, day: string, dates: object) =>
      grant(payer, points, dayOf(day), dates);
    await record(
      '2 January',
      'ben',
      ofDay('SHOP', 100, '2 January', { expiresAt: dayOf('1 March') }),
      ofDay('CAFE', 50, '2 January', { expiresAt: dayOf('1 December') }),
    );
    await record('5 January', 'ben', spend(120, { reference: 'order-31' }));
    const soon = { expiresAt: dayOf('1 March') };
    await record('6 January', 'ben', ofDay('SHOP', 30, '6 January', soon));
    await record('10 January', 'ben', reverseSpend(3, 15));
    await record('20 January', 'ben', debit('SHOP', 5));
    const begins = { availableFrom: dayOf('1 April'), expiresAt: dayOf('1 December') };
    await record(
      '2 March',
      'cleo',
      ofDay('SHOP', 200, '2 March', { expiresAt: dayOf('15 December') }),
      ofDay('CAFE', 70, '2 March', begins),
    );
    await record('3 March', 'cleo', spend(60, { reference: 'order-32' }));
    await record('20 March', 'cleo', hold(40, dayOf('20 April'), 'basket-7'));
    now = dayOf('1 April') - 1;
    atTheEndOfMarch = await owedOf(api);
    now = dayOf('1 April');
    for (const accountId of accountIds) {
      await service.run([{ accountId, commands: [], records: true, view: () => null }]);
    }
  });

  test.each(questions)('$heading', async ({ statement, result }) => {
    const rows = await store().query(statement);
    const cells = rows.map((row) => Object.values(row).map(String));
    expect([Object.keys(rows[0] ?? {}), ...cells]).toEqual(result);
  });

  test('and what the API says of the same', async () => {
    const [expiring, breakage, lost, cost, owed, holds] = questions.map(({ result }) =>
      result.slice(1),
    );
    expect(atTheEndOfMarch).toEqual(owed);
    const [ben, cleo] = await Promise.all(accountIds.map((id) => figuresOf(api, id)));
    const expiries = [...ben!.expiries, ...cleo!.expiries].filter(
      ({ at }) => at >= '2026-11-16' && at < '2026-12-16',
    );
    expect(sumsByPayer(expiries)).toEqual(expiring);
    const rows = [...ben!.lapses, ...cleo!.lapses];
    const losses = rows.map(({ transaction, expired, settled }) => [
      ...[transaction.payer, String(expired), String(settled)],
    ]);
    expect(losses).toEqual(breakage);
    expect(rows.map(({ at }) => at)).toEqual([new Date(dayOf('1 March')).toISOString()]);
    const ofBen = ben!.lapses.map(({ transaction: { payer, sequence }, expired }) => [
      ...['ben', payer, String(sequence), String(expired)],
    ]);
    expect(ofBen).toEqual(lost);
    expect(sumsByPayer(ben!.paid)).toEqual(cost);
    const open = cleo!.holds.map(({ reference, held, recordedAt, expiresAt }) => [
      ...['cleo', reference, String(held), recordedAt, expiresAt],
    ]);
    expect(open).toEqual(holds);
  });
});

interface Part {
  readonly points: number;
  readonly transaction: { readonly payer: string; readonly sequence: number };
}

interface Row extends Omit<Part, 'points'> {
  readonly at: string;
  readonly expired: number;
  readonly settled: number;
}

interface Figures {
  readonly expiries: readonly (Part & { readonly at: string })[];
  readonly lapses: readonly Row[];
  /** What spends took, and, negative, what their reversals gave back. */
  readonly paid: readonly Part[];
  readonly holds: readonly HoldFigures[];
}

interface HoldFigures {
  readonly reference: string;
  readonly held: number;
  readonly recordedAt: string;
  readonly expiresAt: string;
}

const lot = 'transaction { payer sequence }';
const query = `query ($id: ID!) { account(id: $id) {
  expiries(first: 100) { nodes { at points ${lot} } }
  holds(first: 100) { nodes { reference held recordedAt expiresAt } }
  history(first: 100) { nodes {
    ... on Spend { allocations { points ${lot} } }
    ... on SpendReversal { returned: allocations { points ${lot} } }
    ... on Lapse { lots { at expired settled ${lot} } }
  } }
} }`;

interface Seen {
  readonly holds: { readonly nodes: Figures['holds'] };
  readonly expiries: { readonly nodes: Figures['expiries'] };
  readonly history: {
    readonly nodes: readonly {
      readonly allocations?: readonly Part[];
      readonly returned?: readonly Part[];
      readonly lots?: readonly Row[];
    }[];
  };
}

async function figuresOf(api: LedgerApi, id: string): Promise<Figures> {
  const { data } = (await api.send(query, { id })) as { data: { account: Seen } };
  const { expiries, history, holds } = data.account;
  const returned = history.nodes.flatMap((node) => node.returned ?? []);
  const given = returned.map((part) => ({ ...part, points: -part.points }));
  return {
    expiries: expiries.nodes,
    holds: holds.nodes,
    lapses: history.nodes.flatMap((node) => node.lots ?? []),
    paid: [...history.nodes.flatMap((node) => node.allocations ?? []), ...given],
  };
}

/** Sums points by payer, as rows of a table, without payers at zero. */
function sumsByPayer(parts: readonly Part[]): string[][] {
  const sums = new Map<string, number>();
  for (const { points, transaction } of parts) {
    sums.set(transaction.payer, (sums.get(transaction.payer) ?? 0) + points);
  }
  const rows = [...sums].filter(([, points]) => points !== 0).sort();
  return rows.map(([payer, points]) => [payer, String(points)]);
}

/** Returns what each payer owes over all accounts, as rows of a table. */
async function owedOf(api: LedgerApi): Promise<string[][]> {
  const sums = new Map<string, [points: number, held: number, pending: number]>();
  const query = 'query ($id: ID!) { balances(accountId: $id) { payer points held pending } }';
  for (const id of accountIds) {
    const { data } = (await api.send(query, { id })) as { data: { balances: Owed[] } };
    for (const { payer, points, held, pending } of data.balances) {
      const [a, b, c] = sums.get(payer) ?? [0, 0, 0];
      sums.set(payer, [a + points, b + held, c + pending]);
    }
  }
  return [...sums].sort().map(([payer, owed]) => [payer, ...owed.map(String)]);
}

interface Owed {
  readonly payer: string;
  readonly points: number;
  readonly held: number;
  readonly pending: number;
}

function hold(points: number, expiresAt: number, reference: string): Command {
  return { kind: 'holdPoints', points, expiresAt, reference, idempotencyKey: null };
}
