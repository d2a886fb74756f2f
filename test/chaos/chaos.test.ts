import { builtServer } from '../support/built-server';
import { faults } from './storm';
import { play, type StoryEnd } from './story';

/**
 * `CHAOS_MINUTES=10 npm run test:chaos` runs longer. `CHAOS_SEED` repeats the requests and the
 * faults in their order; their interleaving is not repeatable.
 */
const minutes = Number(process.env.CHAOS_MINUTES ?? 0);
const firstSeed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));
const shortMs = 5_000;
const longMs = 30_000;

const stories = minutes > 0 ? Math.max(1, Math.round((minutes * 60_000) / longMs)) : 1;
const seeds = Array.from({ length: stories }, (_, index) => firstSeed + index);

test.each(seeds)(
  'under any fault, every acknowledged change is recorded once and as returned (CHAOS_SEED=%d)',
  async (seed) => {
    const main = builtServer();
    const end = await play({ seed, main, milliseconds: minutes > 0 ? longMs : shortMs });
    expect({ ...reportOf(seed, end), complaints: end.complaints.slice(0, 10) }).toEqual(content);
    expect([...end.faults.keys()].toSorted()).toEqual([...faults].toSorted());
    expect(end.responses).toBeGreaterThan(200);
    expect(end.entries).toBeGreaterThan(100);
    if (minutes > 0) process.stdout.write(`${summaryOf(seed, end)}\n`);
  },
  longMs * 4,
);

const content = { repeat: null, keptIn: null, complaints: [] };

/** Returns where to look and how to repeat the run, if there are complaints. */
function reportOf(seed: number, { complaints, keptIn }: StoryEnd) {
  const long = minutes > 0 ? 'CHAOS_MINUTES=0.5 ' : '';
  const repeat = `CHAOS_SEED=${seed} ${long}npx jest test/chaos/chaos.test.ts`;
  return { repeat: complaints.length === 0 ? null : repeat, keptIn };
}

function summaryOf(
  seed: number,
  { responses, entries, results, faults: struck }: StoryEnd,
): string {
  const list = (counts: ReadonlyMap<string, number>) =>
    Array.from(counts, ([name, count]) => `${count} ${name}`).join(', ');
  return `seed ${seed}: ${responses} responses, ${entries} entries; ${list(results)}; ${list(struck)}`;
}
