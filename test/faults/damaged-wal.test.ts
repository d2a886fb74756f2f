import { useServers } from './servers';
import { walAttacks } from './wal-attack';
import { makeCheckpointed, WalStory } from './wal-story';

// Each attack has a server of its own, and all of them run at once.
jest.setTimeout(360_000);

const servers = useServers();
let checkpointed = '';

beforeAll(async () => {
  checkpointed = servers.newPath();
  await makeCheckpointed(checkpointed);
});

/** What `npm test` tries; `npm run test:crash` tries all attacks with both signals. */
const samples = {
  SIGKILL: ['remove the WAL', 'truncate to half'],
  SIGTERM: ['replace the WAL by an older copy', 'overwrite the header'],
};

describe.each(['SIGKILL', 'SIGTERM'] as const)('ended by %s', (signal) => {
  const attacks = walAttacks.filter(
    ({ name }) => process.env.CRASH_ROUNDS !== undefined || samples[signal].includes(name),
  );
  const repairable = attacks.filter(({ isRepairable }) => isRepairable);
  const damaging = attacks.filter(({ isRepairable }) => !isRepairable);

  test('a removed or replaced WAL loses no acknowledged write, and the server recovers', async () => {
    const seen = await Promise.all(
      repairable.map(async (attack) => {
        const story = new WalStory(servers, attack, checkpointed);
        const ready = await story.live(signal);
        const verify = await story.verify();
        const isServing = story.acknowledgedAfterStrike > 0;
        return { attack: attack.name, ready, verify, isServing, lost: await story.lost() };
      }),
    );
    const rest = { ready: 200, verify: 0, isServing: true, lost: [] };
    expect(seen).toEqual(repairable.map(({ name }) => ({ attack: name, ...rest })));
  });

  test('after a truncated or overwritten WAL nothing is acknowledged, and the log names what may be lost', async () => {
    const seen = await Promise.all(
      damaging.map(async (attack) => {
        const story = new WalStory(servers, attack, checkpointed);
        const ready = await story.live(signal);
        const verify = await story.verify();
        const lost = await story.lost();
        return {
          attack: attack.name,
          ready,
          verify,
          late: story.acknowledgedAfterStrike,
          strangeCodes: story.codes.filter((code) => !refusals.includes(code)),
          lostOfCheckpointed: lost.filter((reference) => reference.startsWith('checkpointed')),
          named: story.log.match(/The first entry that may be lost is entry \d+ of account \W+m/g),
        };
      }),
    );
    const named = ['The first entry that may be lost is entry 11 of account \\"m'];
    const rest = {
      ready: 503,
      verify: 0,
      late: 0,
      strangeCodes: [],
      lostOfCheckpointed: [],
      named,
    };
    expect(seen).toEqual(damaging.map(({ name }) => ({ attack: name, ...rest })));
  });
});

const refusals = ['SERVICE_UNAVAILABLE', 'OUTCOME_UNKNOWN'];
