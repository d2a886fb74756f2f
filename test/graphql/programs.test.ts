import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import { silentLogger } from '../../src/telemetry/logger';
import { LedgerApi } from './ledger-api';

const documentation = readFileSync(join(__dirname, '../../docs/programs.md'), 'utf8');
const [, ...programs] = documentation.split(/^## /m);
const example = /^```graphql\n# ([^\n]+)\n(.*?)^```\n\n```json\n(.*?)^```/gms;

test('docs/programs.md has the programs that owners ask for', () => {
  expect(programs).toHaveLength(8);
});

test.each(programs.map((text) => [text.split('\n', 1)[0]!, text]))(
  'docs/programs.md: %s',
  async (_heading, text) => {
    let now = 0;
    let ids = 0;
    const service = new BatchingLedgerService({
      journal: new MemoryJournal(),
      logger: silentLogger,
      now: () => now,
      newId: () => `entry-${++ids}`,
    });
    const api = new LedgerApi(service);
    const examples = [...text.matchAll(example)];
    expect(examples.length).toBeGreaterThan(1);
    expect(examples).toHaveLength(text.split('```graphql').length - 1);
    for (const [, instant, request, response] of examples) {
      now = Date.parse(`${instant} UTC`);
      expect({ request, response: await api.send(request!) }).toEqual({
        request,
        response: JSON.parse(response!),
      });
    }
  },
);
