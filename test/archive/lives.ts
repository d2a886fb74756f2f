import { seal } from '../../src/digest/entry-digest';
import type { Entry } from '../../src/ledger/entry';
import { LifePair } from '../model/life-pair';
import { RandomLife, tempers, tempersWithHolds } from '../model/random-life';

const allTempers = [...tempers, ...tempersWithHolds];

/**
 * Returns the sealed history of an account that got random commands: points expire, begin later,
 * are held and come back, and now and then a sweep records what is due.
 * @param now the instant of the first command. In the future, nothing is due for a server's clock.
 */
export function lifeOf(seed: number, commands: number, now = 0): Entry[] {
  const life = new RandomLife(seed, allTempers[seed % allTempers.length]!);
  life.now = now;
  const pair = new LifePair();
  for (let step = 0; step < commands; step += 1) {
    pair.run(life.next(pair.model), life.now);
    if (life.chance(0.05)) pair.sweep(life.now);
  }
  const { entries } = pair.scenario;
  seal(entries, null);
  return entries;
}
