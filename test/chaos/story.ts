import { setTimeout as pause } from 'node:timers/promises';
import { complaintsOf } from '../faults/checker';
import { Evidence, type Result } from '../faults/evidence';
import { numbersFrom } from '../model/runs';
import { BalancedWays } from './balanced-ways';
import { Clients } from './clients';
import { Cluster } from './cluster';
import { readJournalDatabase, shapeComplaints } from './journal-database';
import { keepStory } from './kept-story';
import { type Fault, Storm } from './storm';

interface StoryOptions {
  /** Of the requests and the faults, and of their order; their interleaving is not repeatable. */
  readonly seed: number;
  /** How long the storm lasts. */
  readonly milliseconds: number;
  /**
   * Without faults, the story lasts until so many requests got a response, however long they take.
   */
  readonly calmResponses?: number;
  /** The servers' main file. */
  readonly main: string;
  readonly servers?: number;
  /** True if requests go through nginx, with right, wrong, random and missing buckets. */
  readonly isBalanced?: boolean;
  /** True if a story with complaints is kept in a file. */
  readonly keeps?: boolean;
}

export interface StoryEnd {
  readonly complaints: readonly string[];
  /** Path of the file with calls, responses and journal; null if there are no complaints. */
  readonly keptIn: string | null;
  /** How many attempts had each kind of result. */
  readonly results: ReadonlyMap<Result['kind'], number>;
  readonly faults: ReadonlyMap<Fault, number>;
  readonly responses: number;
  readonly entries: number;
}

/**
 * Runs clients on a cluster in a storm; then ends all faults and checks what the clients received.
 */
export async function play(options: StoryOptions): Promise<StoryEnd> {
  const { seed, milliseconds, main, servers = 3, calmResponses, isBalanced = false } = options;
  const cluster = await Cluster.start(main, servers);
  const balanced = isBalanced ? await BalancedWays.to(cluster, seed) : null;
  const evidence = new Evidence();
  const ways = balanced?.clients ?? cluster.seats.map(({ client }) => client);
  const clients = new Clients(ways, evidence, seed);
  try {
    const storm = new Storm(cluster, numbersFrom(seed), () => evidence.moment());
    const running = clients.run();
    if (calmResponses === undefined) await storm.blow(milliseconds);
    else while (clients.responses < calmResponses) await pause(10);
    await cluster.heal();
    clients.stop();
    await running;
    return await end(options, cluster, evidence, clients, storm);
  } finally {
    // If a check fails, the clients would run for ever.
    clients.stop();
    await balanced?.stop();
    await cluster.stop();
  }
}

async function end(
  { seed, keeps = true }: StoryOptions,
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
  const complaints = [
    ...cluster.crashes(),
    ...shapeComplaints(journal),
    ...complaintsOf(evidence, journal, 'account of a call'),
  ];
  const isKept = keeps && complaints.length > 0;
  const { strikes } = storm;
  const faults = cluster.faults();
  return {
    complaints,
    keptIn: isKept ? keepStory({ seed, complaints, evidence, journal, strikes, faults }) : null,
    results,
    faults: storm.counts,
    responses: clients.responses,
    entries: [...journal.values()].flat().length,
  };
}
