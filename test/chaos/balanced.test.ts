import { builtServer } from '../support/built-server';
import { balancerProgram } from '../support/load-balancer';
import { testIf } from '../support/needs';
import { faults } from './storm';
import { play } from './story';

/** `CHAOS_MINUTES` and `CHAOS_SEED` as in `chaos.test.ts`; a quarter of the minutes is for this. */
const minutes = Number(process.env.CHAOS_MINUTES ?? 0) / 4;
const firstSeed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1_000_000));
const storyMs = 10_000;

const stories = Math.max(1, Math.round((minutes * 60_000) / storyMs));
const seeds = Array.from({ length: stories }, (_, index) => firstSeed + index);
const withNginx = testIf(
  balancerProgram('nginx') !== null,
  'nginx tests: no nginx; apt install nginx',
);

withNginx.each(seeds)(
  'through nginx, right, wrong, random and missing buckets all get right responses (CHAOS_SEED=%d)',
  async (seed) => {
    const end = await play({
      seed,
      main: builtServer(),
      milliseconds: storyMs,
      isBalanced: true,
    });
    const repeat = `CHAOS_SEED=${seed} npx jest test/chaos/balanced.test.ts`;
    const report = { repeat, keptIn: end.keptIn, complaints: end.complaints.slice(0, 10) };
    expect(report).toEqual({ repeat, keptIn: null, complaints: [] });
    expect([...end.faults.keys()].toSorted()).toEqual([...faults].toSorted());
    expect(end.responses).toBeGreaterThan(200);
    expect(end.entries).toBeGreaterThan(100);
  },
  storyMs * 10,
);
