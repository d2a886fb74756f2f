/** The subscribers, and the changes of the accounts that they follow. */
export interface Scenario {
  readonly label: string;
  readonly subscribers: number;
  /** Each has the same number of subscribers. */
  readonly accounts: number;
  readonly changesPerSecond: number;
  /** True if changes are sent as bulk calls of 1,000 rows, all in the first second. */
  readonly isBurst: boolean;
  readonly seconds: number;
}

/** The figures of one run of a scenario. */
export interface ScenarioFigures {
  readonly changes: number;
  readonly events: number;
  readonly seconds: number;
  /** From the request of a change to its arrival at a subscriber. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const steady = { isBurst: false, seconds: 5 };

export const scenarios: readonly Scenario[] = [
  {
    label: '10 subscribers, 1 account, 200 changes/s',
    subscribers: 10,
    accounts: 1,
    changesPerSecond: 200,
    ...steady,
  },
  {
    label: '1,000 subscribers, 1 account, 2 changes/s',
    subscribers: 1_000,
    accounts: 1,
    changesPerSecond: 2,
    ...steady,
  },
  {
    label: '10,000 subscribers, 1,000 accounts, 200 changes/s',
    subscribers: 10_000,
    accounts: 1_000,
    changesPerSecond: 200,
    ...steady,
  },
  {
    label: '10 subscribers, 1 account, 10,000 changes at once',
    subscribers: 10,
    accounts: 1,
    changesPerSecond: 10_000,
    isBurst: true,
    seconds: 1,
  },
];
