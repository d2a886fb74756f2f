import type {
  AllocationFieldsFragment,
  EntryQuery,
  LotLapseFieldsFragment,
  UserErrorFieldsFragment,
} from '../../src/operations/generated/operations';

/** What the API returns, as stories tell it. */

interface Granted {
  readonly transaction: { readonly payer: string; readonly timestamp: string };
}

export interface Shown {
  readonly points: number;
  readonly pending: number;
  readonly held: number;
  readonly balances: readonly Standing[];
  readonly lots: { readonly nodes: readonly (Granted & { remaining: number })[] };
  readonly expiries: { readonly nodes: readonly (Granted & { at: string; points: number })[] };
}

interface Standing {
  readonly payer: string;
  readonly points: number;
  readonly pending: number;
  readonly held: number;
}

export const shownQuery = `query ($id: ID!) {
  account(id: $id) {
    points pending held balances { payer points pending held }
    lots(first: 100) { nodes { remaining transaction { payer timestamp } } }
    expiries(first: 100) { nodes { at points transaction { payer timestamp } } }
  }
}`;

const nothing: Shown = {
  points: 0,
  pending: 0,
  held: 0,
  balances: [],
  lots: { nodes: [] },
  expiries: { nodes: [] },
};

/** @param account null if it has no entry. */
export function shownOf(account: Shown | null): object {
  const { points, pending, held, balances, lots, expiries } = account ?? nothing;
  return {
    points,
    balances: mapOf(balances, 'points'),
    held,
    heldByPayer: mapOf(
      balances.filter((each) => each.held > 0),
      'held',
    ),
    pending,
    pendingByPayer: mapOf(
      balances.filter((each) => each.pending > 0),
      'pending',
    ),
    lots: lots.nodes.map(({ remaining, transaction }) => ({ ...lotOf(transaction), remaining })),
    expiring: expiries.nodes.map((node) => {
      return { at: textOf(node.at), ...lotOf(node.transaction), points: node.points };
    }),
  };
}

function mapOf(balances: readonly Standing[], figure: 'points' | 'pending' | 'held'): object {
  return Object.fromEntries(balances.map((each) => [each.payer, each[figure]]));
}

export function refused(errors: readonly UserErrorFieldsFragment[]): object {
  expect(errors).toHaveLength(1);
  const { __typename, message, path, ...figures } = errors[0]! as UserErrorFieldsFragment & {
    readonly payer?: string;
    readonly requested?: number;
  };
  const { payer: _payer, requested: _requested, ...shownParts } = figures;
  return { answer: 'refused', ...shownParts };
}

interface Allocated {
  readonly allocations: readonly AllocationFieldsFragment[];
}

interface Lapsed {
  readonly lapses: readonly LotLapseFieldsFragment[];
}

export function tookFrom({ allocations }: Allocated): object {
  return { took: allocations.map(partOf) };
}

export function gaveBack(entry: Allocated & Lapsed): object {
  return { back: entry.allocations.map(partOf), ...lapsedAtOnce(entry) };
}

export function lapsedAtOnce({ lapses }: Lapsed): object {
  return lapses.length === 0 ? {} : { lapsedAtOnce: lapses.map(expiryOf) };
}

export function partOf({ points, transaction }: AllocationFieldsFragment): object {
  return { ...lotOf(transaction), points };
}

type Lapse = Extract<NonNullable<EntryQuery['entry']>, { __typename: 'Lapse' }>;

/** Returns the rows of a lapse in the order in which they were processed. */
export function rowsOf({ lots, endedHolds, begun }: Lapse): object[] {
  const rows = [
    ...lots.map((row) => [row.position, expiryOf(row)] as const),
    ...endedHolds.map(({ position, at, allocations }) => {
      const ended = { kind: 'holdEnded', at: textOf(at), back: allocations.map(partOf) };
      return [position, ended] as const;
    }),
    ...begun.map(({ position, at, points, transaction }) => {
      const row = { kind: 'begun', at: textOf(at), ...lotOf(transaction), points };
      return [position, row] as const;
    }),
  ];
  const sorted = rows.toSorted(([a], [b]) => a - b);
  expect(sorted.map(([position]) => position)).toEqual(sorted.map((_row, index) => index));
  return sorted.map(([, row]) => row);
}

function expiryOf({ at, expired, settled, transaction }: LotLapseFieldsFragment): object {
  return { kind: 'expiry', at: textOf(at), ...lotOf(transaction), expired, settled };
}

function lotOf({ payer, timestamp }: Granted['transaction']) {
  return { payer, earned: textOf(timestamp) };
}

function textOf(instant: string): string {
  return instant.replace('.000Z', 'Z');
}
