import { randomInt } from 'node:crypto';
import { seededRandom } from '../../../bench/support/random';
import { buildLedgerSchema } from '../../../src/graphql/schema';
import {
  AddTransactionDocument,
  CaptureHoldDocument,
  HoldPointsDocument,
  ReverseSpendDocument,
  ReverseTransactionDocument,
  SpendPointsDocument,
} from '../../../src/operations/generated/operations';
import type { LedgerService } from '../../../src/service/ledger-service';
import { Overloaded, ServiceUnavailable } from '../../../src/service/service-error';
import { LedgerApi, memoryService } from '../../graphql/ledger-api';
import { BothExecutors } from './both-executors';
import { RandomOperations, type ScalarValue } from './random-operations';
import { trickySchema } from './tricky-schema';

const operations = Number(process.env.FUZZ_OPERATIONS ?? 80);
const seed = Number(process.env.FUZZ_SEED ?? randomInt(1, 2 ** 31));

const dayMs = 86_400_000;
/** The clock of both ledgers. */
let now = 0;

/** Executions that have to be compiled. */
const compiledMin = operations / 2;

/** Each takes some milliseconds. */
const timeoutMs = 60_000 + operations * 200;

/** So that some lists exceed it. */
const rowsMax = 60;

/** Which operations can be compiled is chance: it continues until enough of them were. */
async function compareAll(both: BothExecutors, random: RandomOperations): Promise<void> {
  const isEnough = () => both.compiled >= compiledMin;
  for (let count = 0; count < operations || !isEnough(); count += 1) {
    if (count > 10 * operations) throw new Error(`Only ${both.compiled} were compiled.`);
    const operation = random.next();
    now += count % 4 === 0 ? dayMs / 10 : 0;
    for (const [interpreted, compiled] of await both.compare(operation)) {
      const about = { seed, count, source: operation.source };
      expect({ ...about, ...sorted(compiled) }).toEqual({ ...about, ...sorted(interpreted) });
      learn(interpreted.body);
    }
  }
}

test(
  `random operations over the ledger get the same responses compiled (seed ${seed})`,
  async () => {
    const services = [memoryService(() => now), memoryService(() => now)] as const;
    for (const service of services) await live(new LedgerApi(service));
    const [interpreted, compiled] = services.map((it) => buildLedgerSchema(failing(it)));
    const both = new BothExecutors(interpreted!, compiled!, rowsMax);
    const schema = buildLedgerSchema(memoryService());
    await compareAll(both, new RandomOperations(schema, seededRandom(seed), ledgerScalar));
  },
  timeoutMs,
);

test(
  `random operations get the same responses if resolvers fail (seed ${seed})`,
  async () => {
    const [interpreted, compiled] = [trickySchema(seed), trickySchema(seed)];
    const both = new BothExecutors(interpreted.schema, compiled.schema, rowsMax);
    const random = new RandomOperations(interpreted.schema, seededRandom(seed), trickyScalar);
    await compareAll(both, random);
    expect(compiled.changes).toEqual(interpreted.changes);
  },
  timeoutMs,
);

/** Ids and cursors of earlier responses. */
const learned: string[] = ['nothing'];

function learn(body: string): void {
  for (const [, text] of body.matchAll(/"(?:id|cursor|endCursor|startCursor)":"([^"]{12,})"/g)) {
    if (learned.length < 200) learned.push(text);
  }
}

const past = ['2020-11-02T14:00:00Z', '2020-10-31 11:00:00+01:00', '2021-01-01T00:00:00Z'];

/** Makes entries of all kinds in two accounts, and learns their ids. */
async function live(api: LedgerApi): Promise<void> {
  now = Date.UTC(2024, 0, 1);
  for (const accountId of ['default', 'a']) {
    const tomorrow = new Date(now + dayMs).toISOString();
    const base = { accountId, payer: 'DANNON', points: 50, timestamp: past[0]! };
    const before = learned.length;
    for (const dates of [{}, { expiresAt: tomorrow }, { availableFrom: tomorrow }]) {
      const { addTransaction } = await api.run(AddTransactionDocument, {
        input: { ...base, ...dates },
      });
      learned.push(addTransaction!.transaction!.id);
    }
    const spending = { input: { accountId, points: 70 } };
    const { id } = (await api.run(SpendPointsDocument, spending)).spendPoints!.spend!;
    learned.push(id);
    const hold = { input: { accountId, points: 10, expiresAt: tomorrow } };
    learned.push((await api.run(HoldPointsDocument, hold)).holdPoints!.hold!.id);
    const long = { input: { ...hold.input, expiresAt: '2025-01-01T00:00:00Z' } };
    const held = (await api.run(HoldPointsDocument, long)).holdPoints!.hold!.id;
    const part = { input: { accountId, id: held, points: 4, keepRest: true } };
    learned.push(held, (await api.run(CaptureHoldDocument, part)).captureHold!.spend!.id);
    now += 2 * dayMs;
    const reversal = { input: { accountId, id, points: 30 } };
    const { reverseSpend } = await api.run(ReverseSpendDocument, reversal);
    learned.push(reverseSpend!.spendReversal!.id);
    const grant = { input: { accountId, id: learned[before]!, points: 5 } };
    const { reverseTransaction } = await api.run(ReverseTransactionDocument, grant);
    learned.push(reverseTransaction!.transactionReversal!.id);
  }
}

const accounts = ['default', 'a', 'b', 'refused', 'unread', 'unknown', 7];

const ledgerScalar: ScalarValue = (type, pick) => {
  switch (type) {
    case 'ID':
      return pick([...accounts, pick(learned)]);
    case 'Points':
      return pick([1, 5, 10, 10, 100, -3, 0, 9_007_199_254_740_991]);
    case 'DateTime':
      return pick([
        ...past,
        ...past,
        '2024-01-05T00:00:00Z',
        '2024-01-09T00:00:00Z',
        '9999-12-31T23:59:59Z',
      ]);
    case 'Int':
      return pick([1, 2, 3, 10, 0, 101, -1]);
    case 'Boolean':
      return pick([true, false]);
    default:
      return pick(['DANNON', 'UNILEVER', 'key-1', 'key-2', '', pick(learned), pick(learned)]);
  }
};

const trickyScalar: ScalarValue = (type, pick) => {
  if (type === 'Int') return pick([0, 1, 2, 3]);
  return type === 'Boolean' ? pick([true, false]) : pick(['x', 'y', 'z']);
};

/** Fails by account, so that a second read fails like the first. */
function failing(service: LedgerService): LedgerService {
  return {
    run: async (jobs) => {
      if (jobs.some(({ accountId }) => accountId === 'refused')) throw new Overloaded('Full.');
      return service.run(jobs);
    },
    entries: async (range) => {
      if (range.accountId === 'unread') throw new ServiceUnavailable('Away.');
      return service.entries(range);
    },
    entriesAt: (places) => service.entriesAt(places),
    newestNaming: (places) => service.newestNaming(places),
    accounts: (range) => service.accounts(range),
    follow: (request) => service.follow(request),
    check: () => service.check(),
    close: () => service.close(),
  };
}

/** Sorts the errors of a response: those of fields that run side by side come in any order. */
function sorted<Response extends { readonly body: string }>(response: Response): Response {
  const { errors, ...rest } = JSON.parse(response.body) as { errors?: readonly object[] };
  const inOrder = errors?.map((error) => JSON.stringify(error)).toSorted();
  return { ...response, body: JSON.stringify({ errors: inOrder, ...rest }) };
}
