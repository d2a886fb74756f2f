import { MemoryJournal } from '../../src/journal/memory/journal';
import { isExhaustive } from '../model/runs';
import { type LedgerServer, startLedgerOver } from '../support/ledger-server';
import { LoyaltyHttpDriver } from './loyalty-http-driver';
import { inventedCases, loyaltyCases } from './loyalty-stories';

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
