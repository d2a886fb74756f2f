import { setTimeout as pause } from 'node:timers/promises';
import { complaintsOf } from '../faults/checker';
import { Evidence, type Result } from '../faults/evidence';
import { numbersFrom } from '../model/runs';
import { Clients } from './clients';
import { Cluster } from './cluster';
import { readJournalDatabase, shapeComplaints } from './journal-database';
import { keepStory } from './kept-story';
import { type Fault, Storm } from './storm';

export interface StoryOptions {
  /** Of the requests and the faults, and of their order; what meets what is chance. */
  readonly seed: number;
  /** How long a storm blows. */
  readonly milliseconds: number;
  /** A day without faults lasts until so many requests were answered, however long they take. */
  readonly calmAnswers?: number;
  /** The servers' program. */
  readonly main: string;
  readonly servers?: number;
  /** Whether a story with complaints is kept in a file. */
  readonly keeps?: boolean;
}

export interface StoryEnd {
  readonly complaints: readonly string[];
  /** Where calls, answers and journal are kept; null if there are no complaints. */
  readonly keptIn: string | null;
  /** How many sendings came to what. */
  readonly results: ReadonlyMap<Result['kind'], number>;
  readonly faults: ReadonlyMap<Fault, number>;
  readonly answered: number;
  readonly entries: number;
}

/** Clients work on a cluster in a storm; then everything heals, and what they heard is examined. */
export async function play(options: StoryOptions): Promise<StoryEnd> {
  const { seed, milliseconds, main, servers = 3, calmAnswers } = options;
  const cluster = await Cluster.start(main, servers);
  const evidence = new Evidence();
  const clients = new Clients(cluster.seats, evidence, seed);
  try {
    const storm = new Storm(cluster, numbersFrom(seed), () => evidence.moment());
    const running = clients.run();
    if (calmAnswers === undefined) await storm.blow(milliseconds);
    else while (clients.answered < calmAnswers) await pause(10);
    await cluster.heal();
    clients.stop();
    await running;
    return await end(options, cluster, evidence, clients, storm);
  } finally {
    // Where something failed, they would ask for ever.
    clients.stop();
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
  return {
    complaints,
    keptIn: isKept ? keepStory({ seed, complaints, evidence, journal, strikes }) : null,
    results,
    faults: storm.counts,
    answered: clients.answered,
    entries: [...journal.values()].flat().length,
  };
}
