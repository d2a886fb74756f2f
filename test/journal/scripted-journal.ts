import {
  type Append,
  type AppendResult,
  type CatchUp,
  type CaughtUp,
  hasTurns,
  type Journal,
} from '../../src/journal/journal';
import { AppendOutcomeUnknown, JournalUnavailable } from '../../src/journal/journal-error';
import { type Method, PassThroughJournal } from './pass-through-journal';
import { rivals } from './rivals';

/** Replaces one call, and decides when and if it runs. */
export type Cue = <Result>(run: () => Promise<Result>) => Promise<Result>;

/** A call that waits. */
interface Gate {
  /** Resolves when a call has come to the gate. */
  readonly reached: Promise<void>;
  /** Resumes that call, or the next one that arrives. */
  open(): void;
}

/** An append that was sent and not yet done. */
interface Delayed {
  /** Executes it now, as a slow store would. Rejects if no append was sent yet. */
  commit(): Promise<AppendResult[]>;
}

/**
 * A real journal that misbehaves on cue, over any other journal. Without cues it passes everything
 * through.
 *
 *     const store = new MemoryJournal({ shared: true });
 *     const journal = new ScriptedJournal(store);
 *     journal.loseRace();            // another process is faster: the next append conflicts
 *     journal.fail('append', 3);   // the next three reject with JournalUnavailable
 *     journal.loseResponse();        // the next is done, and rejects with AppendOutcomeUnknown
 *     const sent = journal.delay();   // the next is not done, and rejects the same way …
 *     await sent.commit();            // … and is done here, or, without this line, never
 *     const gate = journal.hold('catchUp');   // the next catchUp waits …
 *     await gate.reached;                     // … here it has arrived …
 *     gate.open();                            // … and here it continues
 *     journal.fork(otherStore);    // from now on every call goes to another history
 *     journal.away(); journal.back();   // until then, every call rejects with JournalUnavailable
 *
 * Each cue serves one call of its method, in the order in which the cues were given; the call after
 * the last cue passes through. `calls` lists the methods called, `appended` the arguments of
 * `append`, whatever its outcome.
 */
export class ScriptedJournal extends PassThroughJournal implements Journal {
  readonly calls: Method[] = [];
  readonly appended: (readonly Append[])[] = [];
  private readonly cues = new Map<Method, Cue[]>();
  private isAway = false;

  /** Adds a cue. */
  next(method: Method, cue: Cue): void {
    const waiting = this.cues.get(method) ?? [];
    waiting.push(cue);
    this.cues.set(method, waiting);
  }

  /** The next calls do nothing and reject, by default as if the store did not respond. */
  fail(method: Method, times = 1, error: () => Error = unavailable): void {
    for (let count = 0; count < times; count += 1) {
      this.next(method, async () => {
        throw error();
      });
    }
  }

  /**
   * The next append loses the race against another one, by default of one entry after each `after`
   * of the append.
   */
  loseRace(rivalsOf: (appends: readonly Append[]) => readonly Append[] = rivals): void {
    this.next('append', async (run) => {
      await this.store.append(rivalsOf(this.lastAppends()));
      return run();
    });
  }

  /** The next append is executed, and its response is lost. */
  loseResponse(): void {
    this.next('append', async (run) => {
      await run();
      throw outcomeUnknown();
    });
  }

  /** The next append has an unknown outcome, and is executed only by `commit`. */
  delay(): Delayed {
    let sent: (() => Promise<unknown>) | null = null;
    this.next('append', async (run) => {
      sent = run;
      throw outcomeUnknown();
    });
    return {
      async commit() {
        if (sent === null) throw new Error('No append was sent yet.');
        return (await sent()) as AppendResult[];
      },
    };
  }

  /** The next call waits at a gate. */
  hold(method: Method): Gate {
    const arrival = deferred();
    const opening = deferred();
    this.next(method, async (run) => {
      arrival.resolve();
      await opening.promise;
      return run();
    });
    return { reached: arrival.promise, open: opening.resolve };
  }

  /** Sends all further calls to another history, as after a restored backup or a lost primary. */
  fork(store: Journal): void {
    this.store = store;
  }

  /** Makes every call reject, whatever the cues, until `back`. */
  away(): void {
    this.isAway = true;
  }

  back(): void {
    this.isAway = false;
  }

  /** Removes the cues that are not used yet. */
  clear(): void {
    this.cues.clear();
  }

  append(appends: readonly Append[]): Promise<AppendResult[]> {
    this.appended.push(appends);
    const { store } = this;
    return this.call('append', () => store.append(appends));
  }

  appendAlone(
    request: CatchUp,
    entriesMax: number,
    decide: (caughtUp: CaughtUp) => Append | null,
  ): Promise<AppendResult | null> {
    return this.call('appendAlone', async () => {
      const { store } = this;
      if (hasTurns(store)) return store.appendAlone(request, entriesMax, decide);
      // Over a store without turns, others may append in between: that is a conflict.
      const [caughtUp] = await store.catchUp([request], entriesMax);
      const append = decide(caughtUp);
      return append === null ? null : (await store.append([append]))[0];
    });
  }

  protected async call<Result>(method: Method, run: () => Promise<Result>): Promise<Result> {
    this.calls.push(method);
    if (this.isAway) throw unavailable();
    const cue = this.cues.get(method)?.shift();
    return cue === undefined ? run() : cue(run);
  }

  private lastAppends(): readonly Append[] {
    return this.appended.at(-1) ?? [];
  }
}

function unavailable(): JournalUnavailable {
  return new JournalUnavailable('The store is away, on cue.');
}

function outcomeUnknown(): AppendOutcomeUnknown {
  return new AppendOutcomeUnknown('The response was lost, on cue.');
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
