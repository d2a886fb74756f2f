import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { spawnServer } from '../e2e/server-process';
import { stopClock, testWithClock, withClock } from '../faults/machine';
import { isExhaustive } from '../model/runs';
import { builtServer } from '../support/built-server';
import { type LedgerServer, startLedgerOver } from '../support/ledger-server';
import { temporaryFolder } from '../support/temporary-folder';
import { LoyaltyHttpDriver } from './loyalty-http-driver';
import { inventedCases, loyaltyCases, slowStories } from './loyalty-stories';

/** All pass in the rules' own test; what they add here is the way through the API. */
const someInvented = inventedCases.filter((_story, at) => isExhaustive || at % 5 === 0);

describe('the API passes the stories of expiry and reversals', () => {
  let now = Date.parse('2030-05-01T00:00:00Z');
  let server: LedgerServer;
  beforeAll(async () => {
    server = await startLedgerOver({ journal: new MemoryJournal(), now: () => now });
  });
  afterAll(() => server.stop());

  test.each([...loyaltyCases, ...someInvented])('$name ($why)', async (story) => {
    const setClock = (instant: number) => {
      now = instant;
    };
    const { endpoint } = server;
    await new LoyaltyHttpDriver({ endpoint, accountId: story.name, setClock }).play(story);
  });
});

testWithClock(
  'the program passes the stories with a clock that is moved from outside',
  async () => {
    const folder = temporaryFolder('loyalty');
    const clock = join(folder, 'clock');
    stopClock(clock, Date.parse('2030-05-01T00:00:00Z'));
    const settings = { DATABASE_URL: `file:${join(folder, 'ledger.db')}`, LOG_LEVEL: 'info' };
    const server = spawnServer(builtServer(), settings, withClock(clock));
    try {
      const endpoint = `${await server.origin}/graphql`;
      for (const story of slowStories) {
        const setClock = (instant: number) => stopClock(clock, instant);
        await new LoyaltyHttpDriver({ endpoint, accountId: story.name, setClock }).play(story);
      }
    } finally {
      server.process.kill('SIGTERM');
      await server.ended;
      rmSync(folder, { recursive: true });
    }
  },
  120_000,
);
