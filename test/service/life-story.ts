import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../src/journal/journal';
import { AppendOutcomeUnknown, JournalUnavailable } from '../../src/journal/journal-error';
import type { Account } from '../../src/ledger/account';
import type { Command } from '../../src/ledger/command';
import type { Job, LedgerService } from '../../src/service/ledger-service';
import { ServiceUnavailable } from '../../src/service/service-error';
import { findingsOf } from '../archive/archives';
import { type Cue, ScriptedJournal } from '../journal/scripted-journal';
import type { NaiveBooks } from '../model/naive-books';
import type { NaiveLife } from '../model/naive-life';
import { replayLife } from '../model/replay-life';
import { numbersFrom } from '../model/runs';
import { grant, historyOf, reverseSpend, reverseTransaction } from './life-fixture';
import { RandomClock } from './random-clock';
import { add, kinds, serviceOn, spend } from './service-fixture';

const accountIds = ['a', 'b', 'c'];
const callers = 6;

/** What a caller sees of an account. */
interface Seen {
  readonly sequence: number;
  readonly points: number;
  readonly balances: object;
  readonly pending: readonly number[];
  readonly debits: readonly number[];
}

/** One call, its result, and every time that its service's clock showed during the call. */
interface Call {
  readonly job: Job<Seen | null>;
  readonly codes: readonly string[];
  /** The sequence of the first entry that the call made. */
  readonly firstSequence: number | null;
  readonly seen: Seen | null;
  readonly times: readonly number[];
  readonly sequenceBefore: number;
}

function view(account: Account | null): Seen | null {
  if (account === null) return null;
  const payers = [...account.payers.values()];
  return {
    sequence: account.sequence,
    points: account.points,
    balances: account.balances(),
    pending: payers.map(({ pending }) => pending),
    debits: payers.map(({ debited }) => debited),
  };
}

function viewOfModel(sequence: number, books: NaiveBooks): Seen | null {
  if (sequence === 0) return null;
  return {
    sequence,
    points: books.points(),
    balances: books.balances(),
    pending: books.pendingByPayer().map(({ points }) => points),
    debits: [...books.debits.keys()].map((payer) => books.floating(payer)),
  };
}

/** Delays calls of the store, loses some of its responses, and fails some of its appends. */
function unreliably(journal: ScriptedJournal, random: () => number): void {
  const slow: Cue = async (call) => {
    await pause(random() * 3);
    const result = await call();
    await pause(random() * 3);
    return result;
  };
  const write: Cue = async (call) => {
    const fate = random();
    if (fate < 0.05) throw new JournalUnavailable('The store is away, at random.');
    const result = await slow(call);
    const isSent = Array.isArray(result) || result === 'appended';
    if (fate > 0.95 && isSent) throw new AppendOutcomeUnknown('The response was lost, at random.');
    return result;
  };
  for (let count = 0; count < 5_000; count += 1) {
    journal.next('catchUp', slow);
    journal.next('append', write);
    journal.next('appendAlone', write);
  }
}

interface StoryOptions {
  readonly seed: number;
  readonly quietReadsMin: number;
  readonly callsPerCaller: number;
}

class Story {
  readonly calls: Call[] = [];
  readonly #newest = new Map<string, number>();
  readonly #random: () => number;
  readonly #clock: RandomClock;
  readonly #services: LedgerService[] = [];
  readonly #times: number[][] = [];

  constructor(
    stores: readonly Journal[],
    private readonly options: StoryOptions,
  ) {
    const { seed, quietReadsMin } = options;
    this.#random = numbersFrom(seed);
    this.#clock = new RandomClock(this.#random);
    for (const [index, store] of stores.entries()) {
      const journal = new ScriptedJournal(store);
      unreliably(journal, this.#random);
      const times: number[] = [];
      this.#times.push(times);
      let ids = 0;
      const service = serviceOn(journal, {
        limits: { quietReadsMin, snapshotEntriesMin: 20, secondBatchMsMin: index % 2 ? 4 : 0 },
        newId: () => `${index}-${++ids}`,
        now: () => {
          times.push(this.#clock.read());
          return times.at(-1)!;
        },
      });
      this.#services.push(service);
    }
  }

  async run(): Promise<void> {
    const count = this.#services.length;
    await Promise.all(Array.from({ length: callers }, (_, index) => this.#caller(index % count)));
  }

  async #caller(service: number): Promise<void> {
    for (let count = 0; count < this.options.callsPerCaller; count += 1) {
      const job = this.#job();
      const { accountId } = job;
      const sequenceBefore = this.#newest.get(accountId) ?? 0;
      const times = this.#times[service];
      const begun = times.length;
      try {
        const [{ outcomes, view: seen }] = await this.#services[service].run([job]);
        const known = this.#newest.get(accountId) ?? 0;
        this.#newest.set(accountId, Math.max(known, seen?.sequence ?? 0));
        const made = outcomes.flatMap((each) => (each.kind === 'accepted' ? each.entry : []));
        const firstSequence = made[0]?.sequence ?? null;
        const during = [...new Set(times.slice(begun))];
        const codes = kinds(outcomes);
        this.calls.push({ job, codes, firstSequence, seen, times: during, sequenceBefore });
      } catch (error) {
        if (!(error instanceof ServiceUnavailable)) throw error;
      }
    }
  }

  #job(): Job<Seen | null> {
    const accountId = accountIds[Math.floor(this.#random() * accountIds.length)];
    const common = { accountId, view };
    const kind = this.#random();
    if (kind < 0.05) return { ...common, commands: [], records: true };
    if (kind < 0.15) return { ...common, commands: [], at: this.#clock.time + this.#upTo(40) };
    const commands = Array.from({ length: this.#upTo(4) - 1 }, () => this.#command(accountId));
    return { ...common, commands };
  }

  #command(accountId: string): Command {
    const kind = this.#random();
    const points = this.#upTo(20);
    const payer = this.#random() < 0.5 ? 'A' : 'B';
    const key = this.#random() < 0.3 ? `k${this.#upTo(15)}` : null;
    if (kind < 0.1) return add(-points, { payer, key });
    if (kind < 0.3) return spend(points, key);
    const target = this.#upTo((this.#newest.get(accountId) ?? 0) + 1);
    const requested = this.#random() < 0.5 ? null : points;
    if (kind < 0.45) return reverseSpend(target, requested, key);
    if (kind < 0.6) {
      return reverseTransaction(target, requested, this.#random() < 0.5 ? 'DEBIT' : 'REFUSE');
    }
    const { time } = this.#clock;
    const availableFrom = this.#random() < 0.3 ? time + this.#upTo(20) : undefined;
    const expiresAt = this.#random() < 0.6 ? time + this.#upTo(40) : undefined;
    return grant(points, { payer, key, timestamp: this.#upTo(5), availableFrom, expiresAt });
  }

  #upTo(most: number): number {
    return 1 + Math.floor(this.#random() * most);
  }
}

/** Decides the call again at one time, after an entry, and returns the result. */
function again(call: Call, before: NaiveLife, now: number): object {
  const model = before.copy();
  const codes = call.job.commands.map((command) => {
    const decision = model.run(command, now, 'again');
    return decision.kind === 'refused' ? decision.refusal.code : decision.kind;
  });
  const books = model.at(Math.max(now, call.job.at ?? now));
  return { codes, seen: viewOfModel(model.sequence, books) };
}

/** Returns the states that the call can have found: the lapse before its first entry may be its. */
function statesBefore(call: Call, states: readonly NaiveLife[]): NaiveLife[] {
  const last = (call.firstSequence ?? (call.seen?.sequence ?? 0) + 1) - 1;
  const isLapse = states[last].entries.at(-1)?.kind === 'lapse';
  return isLapse ? [states[last - 1], states[last]] : [states[last]];
}

/** Expects the result to be what the model returns, at a time that the clock showed meanwhile. */
function check(call: Call, states: readonly NaiveLife[]): void {
  expect(call.seen?.sequence ?? 0).toBeGreaterThanOrEqual(call.sequenceBefore);
  const received = JSON.stringify({ codes: call.codes, seen: call.seen });
  const possible = statesBefore(call, states).flatMap((before) =>
    call.times.map((now) => again(call, before, now)),
  );
  if (possible.some((result) => JSON.stringify(result) === received)) return;
  expect({ call, possible }).toBe('a result that is possible at one of the times');
}

/**
 * Lets services change and read some accounts at once, one on each journal of one store, and
 * expects every result to be one that the model returns at a moment between call and response.
 */
export async function expectLinearizable(
  stores: readonly Journal[],
  options: StoryOptions,
): Promise<void> {
  const story = new Story(stores, options);
  await story.run();
  try {
    await expectExplained(story, stores[0]);
  } catch (error) {
    const { seed } = options;
    throw new Error(`SEED=${seed} (the order of events also depends on the machine)`, {
      cause: error,
    });
  }
}

async function expectExplained({ calls }: Story, store: Journal): Promise<void> {
  const states = new Map<string, NaiveLife[]>();
  for (const accountId of accountIds) {
    const entries = await historyOf(store, accountId);
    states.set(accountId, replayLife(accountId, entries));
    expect(await findingsOf(entries)).toEqual([]);
  }
  for (const call of calls) check(call, states.get(call.job.accountId)!);
  const entries = [...states.values()].flatMap((each) => each.at(-1)!.entries);
  expect(entries.map(({ kind }) => kind)).toContain('lapse');
  const commands = entries.filter(({ kind }) => kind !== 'lapse');
  const accepted = calls.flatMap(({ codes }) => codes).filter((code) => code === 'accepted');
  expect(accepted).toHaveLength(commands.length);
}
