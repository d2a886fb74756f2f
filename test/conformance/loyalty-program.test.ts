import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnServer } from '../e2e/server-process';
import { stopClock, testWithClock, withClock } from '../faults/machine';
import { builtServer } from '../support/built-server';
import { temporaryFolder } from '../support/temporary-folder';
import { LoyaltyHttpDriver } from './loyalty-http-driver';
import { slowStories } from './loyalty-stories';

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
);
