import { complaintsOf } from '../faults/checker';
import { Evidence, type Result } from '../faults/evidence';
import { numbersFrom } from '../model/runs';
import { Clients } from './clients';
import { Cluster } from './cluster';
import { readJournalDatabase, shapeComplaints } from './journal-database';
import { type Fault, Storm } from './storm';

export interface StoryOptions {
  /** Of the requests and the faults, and of their order; what meets what is chance. */
  readonly seed: number;
  readonly milliseconds: number;
  /** The servers' program. */
  readonly main: string;
  readonly servers?: number;
}

export interface StoryEnd {
  readonly complaints: readonly string[];
  /** How many sendings came to what. */
  readonly results: ReadonlyMap<Result['kind'], number>;
  readonly faults: ReadonlyMap<Fault, number>;
  readonly answered: number;
  readonly entries: number;
}

/** Clients work on a cluster in a storm; then everything heals, and what they heard is examined. */
export async function play({ seed, milliseconds, main, servers = 3 }: StoryOptions) {
  const cluster = await Cluster.start(main, servers);
  try {
    const evidence = new Evidence();
    const clients = new Clients(cluster.seats, evidence, seed);
    const storm = new Storm(cluster, numbersFrom(seed));
    const running = clients.run();
    await storm.blow(milliseconds);
    await cluster.heal();
    clients.stop();
    await running;
    return await end(cluster, evidence, clients, storm);
  } finally {
    await cluster.stop();
  }
}

async function end(
  cluster: Cluster,
  evidence: Evidence,
  clients: Clients,
  storm: Storm,
): Promise<StoryEnd> {
  const journal = await readJournalDatabase(cluster.url);
  const results = new Map<Result['kind'], number>();
  for (const { result } of evidence.attempts) {
    results.set(result.kind, (results.get(result.kind) ?? 0) + 1);
  }
  return {
    complaints: [
      ...cluster.crashes(),
      ...shapeComplaints(journal),
      ...complaintsOf(evidence, journal),
    ],
    results,
    faults: storm.counts,
    answered: clients.answered,
    entries: [...journal.values()].flat().length,
  };
}
