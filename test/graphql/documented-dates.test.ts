import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import { silentLogger } from '../../src/telemetry/logger';
import { LedgerApi } from './ledger-api';

const documentation = readFileSync(join(__dirname, '../../docs/dates.md'), 'utf8');
const example = /^```graphql\n# (\d+) May\n(.*?)^```\n\n```json\n(.*?)^```/gms;

test('the requests of docs/dates.md return the documented responses, one after another', async () => {
  let now = 0;
  let ids = 0;
  const service = new BatchingLedgerService({
    journal: new MemoryJournal(),
    logger: silentLogger,
    now: () => now,
    newId: () => `entry-${++ids}`,
  });
  const api = new LedgerApi(service);
  const examples = [...documentation.matchAll(example)];
  expect(examples).toHaveLength(documentation.split('```graphql').length - 1);
  for (const [, day, request, response] of examples) {
    now = Date.UTC(2030, 4, Number(day));
    expect({ request, response: await api.send(request!) }).toEqual({
      request,
      response: JSON.parse(response!),
    });
  }
});
