import { randomUUID } from 'node:crypto';
import type { Journal } from '../../journal/journal';
import type { Logger } from '../../telemetry/logger';
import type { LedgerClock } from '../health/ledger-clock';
import { Outage } from '../health/outage';
import { faultFields } from '../health/store-fault';
import { ClockGuard } from './clock-guard';
import { type Followed, PromptRecorder, type Seen } from './prompt-recorder';
import type { Runs } from './record-accounts';
import { Sweep } from './sweep';

const sweepPeriodMs = 60_000;
/** Readers and subscribers get the entry within 5 s. */
const promptPeriodMs = 2_000;

interface SweeperOptions {
  readonly journal: Journal;
  readonly service: Runs;
  readonly clock: LedgerClock;
  readonly logger: Logger;
  readonly followed: () => Iterable<Followed>;
  readonly cached: (accountId: string) => Seen | null;
  readonly monotonic?: () => number;
}

/** Runs the sweep every minute, and records promptly what was shown or is followed. */
export class Sweeper {
  private readonly guard: ClockGuard;
  private readonly sweep: Sweep;
  private readonly prompt: PromptRecorder;
  private readonly outage = new Outage();
  private readonly timers: NodeJS.Timeout[] = [];
  private acceptances: number | null = null;
  private sweeping: Promise<void> | null = null;
  private prompting: Promise<void> | null = null;
  private first: NodeJS.Immediate | null = null;
  private readonly closing = new AbortController();

  constructor(private readonly options: SweeperOptions) {
    const { journal, service, clock, logger } = options;
    const monotonic = options.monotonic ?? (() => performance.now());
    const guard = new ClockGuard({ now: () => clock.read(), monotonic, logger });
    this.guard = guard;
    const holder = randomUUID();
    const { signal } = this.closing;
    this.sweep = new Sweep({ journal, service, guard, logger, holder, signal, monotonic });
    const now = () => (guard.allows() ? clock.read() : null);
    this.prompt = new PromptRecorder({ ...options, now });
  }

  /** Sweeps now, and then every minute. */
  start(): void {
    this.first = setImmediate(() => void this.runSweep());
    this.timers.push(
      setInterval(() => void this.runSweep(), sweepPeriodMs).unref(),
      setInterval(() => void this.runPrompt(), promptPeriodMs).unref(),
    );
  }

  /** Notes an account in which something that is due was shown and is not recorded. */
  note(accountId: string): void {
    this.prompt.note(accountId);
  }

  /** Resolves when nothing is in flight. */
  async close(): Promise<void> {
    this.closing.abort();
    if (this.first !== null) clearImmediate(this.first);
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([this.sweeping, this.prompting]);
  }

  /** Sweeps once. Never rejects. */
  runSweep(): Promise<void> {
    this.sweeping ??= this.trySweep().finally(() => {
      this.sweeping = null;
    });
    return this.sweeping;
  }

  /** Records promptly what was shown or is followed. Never rejects. */
  runPrompt(): Promise<void> {
    this.prompting ??= this.prompt.run().finally(() => {
      this.prompting = null;
    });
    return this.prompting;
  }

  private async trySweep(): Promise<void> {
    try {
      await this.begin();
      const ended = this.outage.end(performance.now());
      if (ended !== null) this.options.logger.info({ ...ended }, 'What is due is recorded again');
    } catch (error) {
      if (!this.closing.signal.aborted && this.outage.fail(performance.now())) {
        this.options.logger.warn(faultFields(error), 'What is due cannot be recorded now');
      }
    }
  }

  private async begin(): Promise<void> {
    const { clock } = this.options;
    await clock.begin();
    if (await this.isAccepted()) this.guard.accept();
    const now = clock.read();
    if (now !== null) await this.sweep.run(now);
  }

  /** True if an operator has said since the last run that the clock is right. */
  private async isAccepted(): Promise<boolean> {
    const known = this.acceptances;
    this.acceptances = (await this.options.journal.clockAcceptances?.()) ?? 0;
    return known !== null && this.acceptances > known;
  }
}
