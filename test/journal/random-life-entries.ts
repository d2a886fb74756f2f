import type { Entry } from '../../src/ledger/entry';
import { LifePair } from '../model/life-pair';
import { RandomLife, tempersWithHolds } from '../model/random-life';

const stepsPerLife = 60;

/** Lives a random life, and returns its recorded entries as those of another account. */
export function live(seed: number, accountId: string): { pair: LifePair; entries: Entry[] } {
  const random = new RandomLife(seed, tempersWithHolds[seed % tempersWithHolds.length]!);
  const pair = new LifePair();
  for (let step = 0; step < stepsPerLife; step += 1) {
    pair.run(random.next(pair.model), random.now);
    if (random.chance(0.1)) pair.sweep(random.now);
  }
  pair.expectSameState();
  const digest = 'd'.repeat(64);
  const entries = pair.scenario.entries.map(
    (entry): Entry => ({ ...entry, accountId, digest, id: `${accountId} ${entry.sequence}` }),
  );
  return { pair, entries };
}
