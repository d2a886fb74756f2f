import { MemoryJournal } from '../../src/journal/memory/journal';
import type { LedgerService } from '../../src/service/ledger-service';
import { ScriptedJournal } from '../journal/scripted-journal';
import {
  grant,
  historyOf,
  kindsOf,
  LifeService,
  reverseSpend,
  reverseTransaction,
} from './life-fixture';
import { add, kinds, run, spend } from './service-fixture';

/** Returns the kinds of both outcomes, sorted: which of two comes first is not determined. */
async function both(
  first: ReturnType<typeof run>,
  second: ReturnType<typeof run>,
): Promise<string[]> {
  const results = await Promise.all([first, second]);
  return results.flatMap(({ outcomes }) => kinds(outcomes)).sort();
}

async function refundedOf(journal: MemoryJournal): Promise<number> {
  const entries = await historyOf(journal, 'm');
  return entries.reduce(
    (sum, entry) => sum + (entry.kind === 'spendReversal' ? entry.points : 0),
    0,
  );
}

test('two reversals of one spend in one batch refund once', async () => {
  const journal = new MemoryJournal();
  const { service } = new LifeService(journal);
  await run(service, 'm', add(10), spend(6));
  const outcomes = await both(
    run(service, 'm', reverseSpend(2)),
    run(service, 'm', reverseSpend(2)),
  );
  expect(outcomes).toEqual(['EXCEEDS_REVERSIBLE', 'accepted']);
  expect(await refundedOf(journal)).toBe(6);
});

test('two reversals of one spend in one job refund once', async () => {
  const journal = new MemoryJournal();
  const { service } = new LifeService(journal);
  await run(service, 'm', add(10), spend(6));
  const { outcomes, view } = await run(
    service,
    'm',
    reverseSpend(2, 4),
    reverseSpend(2, 3),
    reverseSpend(2),
  );
  expect(kinds(outcomes)).toEqual(['accepted', 'EXCEEDS_REVERSIBLE', 'accepted']);
  expect(view).toMatchObject({ points: 10 });
});

test.each([1, 4])(
  'two services that reverse one spend refund once: %d quiet reads',
  async (quietReadsMin) => {
    const store = new MemoryJournal({ shared: true });
    const journals = [new ScriptedJournal(store), new ScriptedJournal(store)];
    const services = journals.map(
      (journal) => new LifeService(journal, { limits: { quietReadsMin } }).service,
    );
    await run(services[0], 'm', add(10), spend(6));
    for (let count = 0; count < 5; count += 1) {
      for (const service of services) await run(service, 'm', spend(100));
    }
    const gates = journals.map((journal) => journal.hold('append'));
    const outcomes = both(
      run(services[0], 'm', reverseSpend(2)),
      run(services[1], 'm', reverseSpend(2)),
    );
    await Promise.all(gates.map(({ reached }) => reached));
    for (const { open } of gates) open();
    expect(await outcomes).toEqual(['EXCEEDS_REVERSIBLE', 'accepted']);
    expect(await refundedOf(store)).toBe(6);
  },
);

test('a reversal that lost the race to one of a part reverses the rest', async () => {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const [{ service }, other] = [new LifeService(journal), new LifeService(store)];
  await run(service, 'm', add(10), spend(6));
  const gate = journal.hold('append');
  const reversing = run(service, 'm', reverseSpend(2));
  await gate.reached;
  await run(other.service, 'm', reverseSpend(2, 5));
  gate.open();
  const [outcome] = (await reversing).outcomes;
  expect(outcome).toMatchObject({ kind: 'accepted', entry: { points: 1, total: 6 } });
  expect(await refundedOf(store)).toBe(6);
});

test('an account with a target is read also while it is quiet', async () => {
  const store = new MemoryJournal({ shared: true });
  const journal = new ScriptedJournal(store);
  const { service } = new LifeService(journal, { limits: { quietReadsMin: 1 } });
  await run(service, 'm', add(10), spend(6));
  for (let count = 0; count < 5; count += 1) await run(service, 'm', add(1));
  const reads = journal.calls.filter((call) => call === 'catchUp').length;
  await run(service, 'm', add(1));
  expect(journal.calls.filter((call) => call === 'catchUp')).toHaveLength(reads);
  expect(kinds((await run(service, 'm', reverseSpend(2))).outcomes)).toEqual(['accepted']);
  expect(journal.calls.filter((call) => call === 'catchUp')).toHaveLength(reads + 1);
});

test('a failed reversal can be repeated', async () => {
  const journal = new ScriptedJournal(new MemoryJournal());
  const { service } = new LifeService(journal);
  await run(service, 'm', add(10), spend(6));
  journal.fail('append');
  await expect(run(service, 'm', reverseSpend(2))).rejects.toThrow('does not respond');
  expect((await run(service, 'm', reverseSpend(2))).view).toMatchObject({ points: 10 });
});

test('a reversal can name an entry of its own batch, but none that comes later', async () => {
  const { service } = new LifeService(new MemoryJournal());
  const { outcomes, view } = await run(
    service,
    'm',
    add(10),
    reverseSpend(2),
    spend(4),
    reverseSpend(2, 1),
    reverseTransaction(1),
    reverseSpend(2),
    reverseTransaction(1),
  );
  const expected = 'accepted ENTRY_NOT_FOUND accepted accepted LOT_IS_SPENT accepted accepted';
  expect(kinds(outcomes)).toEqual(expected.split(' '));
  expect(view).toMatchObject({ sequence: 5, points: 0 });
});

test('a total of the batch is forgotten when its job is undone', async () => {
  const { service } = new LifeService(new MemoryJournal());
  await run(service, 'm', add(10), spend(6));
  const failing = service.run([
    {
      accountId: 'm',
      commands: [reverseSpend(2)],
      view: () => {
        throw new Error('cannot look');
      },
    },
  ]);
  const other = run(service, 'm', reverseSpend(2));
  await expect(failing).rejects.toThrow('cannot look');
  expect((await other).view).toMatchObject({ sequence: 3, points: 10 });
});

test('a grant cannot be taken back past what lapses just before', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), spend(4));
  const { outcomes } = await run(life.at(100), 'm', reverseTransaction(1, null, 'DEBIT'));
  expect(kinds(outcomes)).toEqual(['PAYER_WOULD_GO_NEGATIVE']);
  const small = await run(life.at(100), 'm', reverseTransaction(1, 5, 'DEBIT'));
  expect(small.outcomes).toEqual([
    { kind: 'refused', refusal: expect.objectContaining({ reversible: 4 }) },
  ]);
});

test('points that come back to a lot past its end lapse at once and count as lapsed', async () => {
  const journal = new MemoryJournal();
  const life = new LifeService(journal);
  await run(life.at(0), 'm', grant(10, { expiresAt: 100 }), spend(4));
  const { outcomes, view } = await run(
    life.at(200),
    'm',
    reverseSpend(2, 3),
    reverseTransaction(1, 2, 'DEBIT'),
  );
  expect(outcomes).toMatchObject([
    { kind: 'accepted', entry: { kind: 'spendReversal', lapses: [{ expired: 3 }] } },
    { kind: 'refused', refusal: { code: 'EXCEEDS_REVERSIBLE', reversible: 1 } },
  ]);
  expect(view).toMatchObject({ points: 0 });
  expect(await kindsOf(journal, 'm')).toEqual(['transaction', 'spend', 'lapse', 'spendReversal']);
});

test('a reversal under a key is replayed with its first entry', async () => {
  const { service } = new LifeService(new MemoryJournal());
  await run(service as LedgerService, 'm', add(10), spend(6));
  const first = await run(service, 'm', reverseSpend(2, null, 'k'));
  const again = await run(service, 'm', reverseSpend(2, null, 'k'));
  expect(kinds(again.outcomes)).toEqual(['replayed']);
  expect(again.outcomes[0]).toHaveProperty(
    'entry',
    (first.outcomes[0] as { entry: unknown }).entry,
  );
  const other = await run(service, 'm', reverseSpend(2, 6, 'k'));
  expect(kinds(other.outcomes)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
});
