import { setTimeout as pause } from 'node:timers/promises';
import { MemoryJournal } from '../../src/journal/memory/journal';
import type { Command } from '../../src/ledger/command';
import type { Entry } from '../../src/ledger/entry';
import type { LedgerService } from '../../src/service/ledger-service';
import { type Cue, ScriptedJournal } from '../journal/scripted-journal';
import { NaiveLedger } from '../model/naive-ledger';
import { numbersFrom } from '../model/runs';
import { type AccountView, add, kinds, run, serviceOn, spend } from './service-fixture';

const accountIds = ['a', 'b', 'c'];
/** Of each service: a second batch starts at once, after a while, or never. */
const secondBatchMsMin = [0, 2, Number.POSITIVE_INFINITY];
const callers = 6;
const callsPerCaller = 40;

/** One call: its job, its result, and the newest entry that was returned before it was made. */
interface Call {
  readonly accountId: string;
  readonly commands: readonly Command[];
  readonly codes: readonly string[];
  readonly view: AccountView | null;
  readonly sequenceBefore: number;
}

/** Delays calls of the store, so that reads and writes of the services interleave. */
function slowly(journal: ScriptedJournal, random: () => number): void {
  const cue: Cue = async (call) => {
    await pause(random() * 3);
    const result = await call();
    await pause(random() * 3);
    return result;
  };
  for (const method of ['catchUp', 'append', 'appendAlone'] as const) {
    for (let count = 0; count < 5_000; count += 1) journal.next(method, cue);
  }
}

function someCommands(random: () => number): Command[] {
  const count = Math.floor(random() * 3);
  return Array.from({ length: count }, () => {
    const key = random() < 0.4 ? `k${Math.floor(random() * 12)}` : null;
    const points = 1 + Math.floor(random() * 20);
    const kind = random();
    if (kind < 0.4) return spend(points, key);
    return add(kind < 0.85 ? points : -points, { payer: random() < 0.5 ? 'A' : 'B', key });
  });
}

async function story(seed: number, quietReadsMin: number) {
  const random = numbersFrom(seed);
  const store = new MemoryJournal({ shared: true });
  const services: LedgerService[] = [0, 1, 2].map((index) => {
    const journal = new ScriptedJournal(store);
    slowly(journal, random);
    const limits = { quietReadsMin, secondBatchMsMin: secondBatchMsMin[index] };
    return serviceOn(journal, { limits, newId: idsOf(index) });
  });
  const calls: Call[] = [];
  const newest = new Map<string, number>();
  const caller = async (index: number) => {
    for (let count = 0; count < callsPerCaller; count += 1) {
      const accountId = accountIds[Math.floor(random() * accountIds.length)];
      const commands = someCommands(random);
      const sequenceBefore = newest.get(accountId) ?? 0;
      const { outcomes, view } = await run(services[index % 3], accountId, ...commands);
      const seen = Math.max(newest.get(accountId) ?? 0, view?.sequence ?? 0);
      newest.set(accountId, seen);
      calls.push({ accountId, commands, codes: kinds(outcomes), view, sequenceBefore });
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, index) => caller(index)));
  return { store, calls };
}

function idsOf(service: number): () => string {
  let count = 0;
  return () => `${service}-${++count}`;
}

async function historyOf(store: MemoryJournal, accountId: string): Promise<Entry[]> {
  return store.entries({ accountId, from: 1, to: 1e6, order: 'ascending', limit: 1e6 });
}

/** Returns the account after each of its entries, by sequence. */
function statesOf(accountId: string, entries: readonly Entry[]): NaiveLedger[] {
  const states = [new NaiveLedger(accountId)];
  for (const entry of entries) {
    const next = states.at(-1)!.copy();
    next.apply(entry);
    states.push(next);
  }
  return states;
}

/**
 * Decides the call once more, at the sequence at which it was decided, and compares its whole
 * result.
 */
function check(call: Call, states: readonly NaiveLedger[]): void {
  const sequence = call.view?.sequence ?? 0;
  expect(sequence).toBeGreaterThanOrEqual(call.sequenceBefore);
  const accepted = call.codes.filter((kind) => kind === 'accepted').length;
  const ledger = states[sequence - accepted].copy();
  const again = call.commands.map((command) => {
    const decision = ledger.run(command, 0, 'again');
    return decision.kind === 'refused' ? decision.refusal.code : decision.kind;
  });
  expect(again).toEqual(call.codes);
  expect(ledger.sequence).toBe(sequence);
  expect(call.view?.balances ?? []).toEqual(states[sequence].balances());
}

test.each([1, 2, 4])(
  'every result is linearizable between call and return, with concurrent writers: %d quiet reads',
  async (quietReadsMin) => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    const { store, calls } = await story(seed, quietReadsMin);
    const states = new Map<string, NaiveLedger[]>();
    for (const accountId of accountIds) {
      states.set(accountId, statesOf(accountId, await historyOf(store, accountId)));
    }
    try {
      for (const call of calls) check(call, states.get(call.accountId)!);
    } catch (error) {
      throw new Error(`SEED=${seed} (the order of events also depends on the machine)`, {
        cause: error,
      });
    }
    const counted = calls.flatMap(({ codes }) => codes).filter((kind) => kind === 'accepted');
    const entries = [...states.values()].reduce((sum, each) => sum + each.length - 1, 0);
    expect(counted).toHaveLength(entries);
  },
);
