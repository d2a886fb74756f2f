import { numbersFrom } from '../model/runs';
import { CrashStory } from './crash-story';
import { useServers } from './servers';

const rounds = Number(process.env.CRASH_ROUNDS ?? 2);
/** `CRASH_SEED` sends what a failed run sent, and kills after as many responses. */
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
/**
 * A story then continues with new accounts in the same ledger, as checking one is quadratic in its
 * entries.
 */
const roundsPerStory = 4;
const servers = useServers();

test(
  `after kill -9 under load every acknowledged change is recorded once, every other wholly or not at all (CRASH_SEED=${seed})`,
  async () => {
    const path = servers.newPath();
    const random = numbersFrom(seed);
    for (let first = 0; first < rounds; first += roundsPerStory) {
      const story = new CrashStory(servers, path, `round ${first}`);
      const last = Math.min(rounds, first + roundsPerStory);
      for (let round = first; round < last; round += 1) {
        const responses = 10 + Math.floor(400 * random());
        const delayMs = 20 * random();
        await story.live({ seed: seed + round, responses, delayMs, signal: 'SIGKILL' });
        const where = { CRASH_SEED: seed, CRASH_ROUNDS: round + 1 };
        const complaints = await story.check();
        await story.sendAgain();
        complaints.push(...(await story.check()));
        expect({ ...where, complaints }).toEqual({ ...where, complaints: [] });
      }
      expect(story.counts.accepted).toBeGreaterThan(0);
      expect(await story.end()).toMatchObject({ code: 0, errors: '' });
    }
  },
  120_000 + rounds * 40_000,
);
