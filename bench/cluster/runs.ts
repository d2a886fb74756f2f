import { formatNumber } from '../support/table';

/** How a request finds its server: by its account's bucket, or without a header. */
type Route = 'hashed' | 'random';

export interface Run {
  readonly servers: number;
  /** 1 is a hot account. */
  readonly accounts: number;
  /** Between servers and database. */
  readonly roundTripMs: number;
  readonly callers: number;
  readonly route: Route;
}

/** What is run, and how long. */
export interface Plan {
  readonly runs: readonly Run[];
  readonly rounds: number;
  readonly burstMs: number;
}

const dimensions = {
  servers: ['1', '2', '4'],
  accounts: ['hot', '1000', '100000'],
  'round-trip': ['0', '5'],
  callers: ['64', '256'],
  route: ['hashed', 'random'],
} as const;

type Dimension = keyof typeof dimensions;

const short: Partial<Record<Dimension, readonly string[]>> = {
  accounts: ['hot', '1000'],
  callers: ['256'],
};

/**
 * Reads `--short`, which selects some runs with one round each, and selections such as
 * `--servers=1,4 --accounts=hot,1000 --round-trip=5 --callers=64 --route=random`.
 *
 * @throws for an option that is not known.
 */
export function readPlan(options: readonly string[]): Plan {
  const isShort = options.includes('--short');
  const chosen: Partial<Record<Dimension, readonly string[]>> = isShort ? { ...short } : {};
  for (const option of options.filter((each) => each !== '--short')) {
    const [, name, values] = /^--([a-z-]+)=(.+)$/.exec(option) ?? [];
    const known = dimensions[name as Dimension] as readonly string[] | undefined;
    const words = values?.split(',') ?? [];
    if (known === undefined || !words.every((word) => known.includes(word))) {
      throw new Error(`${option} is unknown; --short, or --NAME=VALUE,… of ${choices()}`);
    }
    chosen[name as Dimension] = words;
  }
  const of = (name: Dimension) => chosen[name] ?? dimensions[name];
  const runs = of('round-trip').flatMap((roundTrip) =>
    of('servers').flatMap((servers) =>
      of('accounts').flatMap((accounts) =>
        of('callers').flatMap((callers) =>
          of('route').map((route) => ({
            servers: Number(servers),
            accounts: accounts === 'hot' ? 1 : Number(accounts),
            roundTripMs: Number(roundTrip),
            callers: Number(callers),
            route: route as Route,
          })),
        ),
      ),
    ),
  );
  return isShort ? { runs, rounds: 1, burstMs: 1_500 } : { runs, rounds: 3, burstMs: 2_000 };
}

function choices(): string {
  return Object.entries(dimensions)
    .map(([name, values]) => `${name} (${values.join(', ')})`)
    .join(', ');
}

export function nameOf({ servers, accounts, roundTripMs, callers, route }: Run): string {
  const over = accounts === 1 ? 'hot' : `${formatNumber(accounts)} accounts`;
  const count = servers === 1 ? '1 server' : `${servers} servers`;
  return `${route}, ${over}, ${roundTripMs} ms, ${callers} callers, ${count}`;
}
