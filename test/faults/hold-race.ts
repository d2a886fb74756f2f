import { useFreshDatabases } from '../support/fresh-databases';
import type { ApiEntry } from './api-entry';
import { type Racer, RaceServers } from './race-servers';

/** When lots expire and holds end. */
export const end = Date.UTC(2024, 0, 1, 12);
export const hour = 3_600_000;

export interface Race {
  readonly servers: RaceServers;
  readonly one: Racer;
  readonly two: Racer;
  /** The beginning of the accounts' names, which no other test uses. */
  readonly name: string;
}

/** Runs races on two servers, and has the history of all of them checked. */
type OnTwoServers = (run: (race: Race) => Promise<void>) => Promise<void>;

/** Makes two servers for the tests of one file; call it once. */
export function useTwoServers(): OnTwoServers {
  const fresh = useFreshDatabases();
  let servers: RaceServers | null = null;
  let tests = 0;
  beforeAll(async () => {
    servers = new RaceServers(await fresh());
    for (let count = 0; count < 2; count += 1) await servers.start(end - hour);
  });
  afterAll(async () => {
    await servers?.stop();
  });
  return async (run) => {
    tests += 1;
    const [one, two] = servers!.racers;
    for (const racer of [one, two]) racer.now = end - hour;
    await run({ servers: servers!, one, two, name: `test ${tests}` });
    expect(await servers!.complaints()).toEqual([]);
  };
}

export interface Dates {
  /** When the lot expires. */
  readonly lot?: number;
  /** When the hold ends. */
  readonly hold?: number;
}

/** Grants 100 points to an account of the test and holds 60 of them. */
export async function held(
  { servers, one, name }: Race,
  account: string,
  { lot, hold = end }: Dates = {},
): Promise<ApiEntry> {
  const accountId = `${name}, ${account}`;
  one.now = end - hour;
  const grant = { kind: 'addTransaction', payer: 'A', points: 100, timestamp: 1 } as const;
  await servers.send(one, accountId, { ...grant, expiresAt: lot });
  const asked = { kind: 'holdPoints', points: 60, expiresAt: hold } as const;
  const { entry } = await servers.send(one, accountId, asked);
  return entry!;
}

export function captureOf(
  { servers }: Race,
  racer: Racer,
  hold: ApiEntry,
  points: number | null,
  keepRest = false,
) {
  const accountId = hold.accountId as string;
  return () => servers.send(racer, accountId, { kind: 'captureHold', points, keepRest }, hold);
}

export function releaseOf({ servers }: Race, racer: Racer, hold: ApiEntry) {
  return () => servers.send(racer, hold.accountId as string, { kind: 'releaseHold' }, hold);
}

/** Grants a point: whatever is due is recorded before it. */
export function grantOf({ servers }: Race, racer: Racer, { accountId }: ApiEntry) {
  const grant = { kind: 'addTransaction', payer: 'B', points: 1, timestamp: 1 } as const;
  return () => servers.send(racer, accountId as string, grant);
}

export const accepted = { code: null };
export const over = { code: 'HOLD_IS_OVER', entry: null };
