import { namesNoAccount, noAccountText } from '../../../src/import/account-required';
import {
  formatOf,
  type ImportFormat,
  sniffedBytes,
  sniffFormat,
} from '../../../src/import/file-format';
import { type Chunks, chunksOf } from '../../../src/import/file-records';
import { readImport } from '../../../src/import/read-import';
import type { ReadingOptions } from '../../../src/import/reading-options';
import { checkName } from '../../../src/import/row-keys';
import { runImport, type Tally } from '../../../src/import/run-import';
import type { SendRows } from '../../../src/import/send-rows';
import { type Survey, surveyImport } from '../../../src/import/survey-import';
import { errorText } from '../client/errors';
import { serverClock } from '../client/server-clock';
import { Store } from '../store/store';
import { columnNames } from './column-names';
import { type ImportOptions, type ImportState, idleImport, nothingSent } from './import-state';
import { yieldingChunks } from './yielding-chunks';

const showEveryMs = 100;

/** The ledger into which a file is imported. */
interface ImportingLedger {
  readonly send: SendRows;
  /** Returns false if every row must name its account. */
  readonly hasDefaultAccount: () => Promise<boolean>;
}

/**
 * The import of the console: one at a time, independent of the page that is open. The same file
 * under the same name yields the same idempotency keys, here and on the command line.
 */
class ImportRun {
  readonly store = new Store<ImportState>(idleImport());
  private abort = new AbortController();
  private shownAt = 0;

  /** Reads a file and shows what it holds. Sends nothing. */
  readonly choose = (file: File): void => {
    this.store.set({ ...idleImport(), file });
    void this.read();
  };

  /** Changes options and reads the file again. */
  readonly configure = (part: Partial<ImportOptions>): void => {
    this.store.update({ options: { ...this.store.state.options, ...part } });
    void this.read();
  };

  /** Sends the rows of the file that was read. Never rejects: the state says how it ended. */
  async start(ledger: ImportingLedger): Promise<void> {
    const { file, survey } = this.store.state;
    if (file === null || survey === null) return;
    this.abort = new AbortController();
    this.store.update({ phase: 'sending' });
    try {
      const reading = await this.readingFor(ledger, survey);
      if (reading === null) return;
      await this.send(file, survey, { send: ledger.send, reading });
      const isWhole = this.store.state.tally.rows === survey.rows;
      this.store.update({ phase: isWhole ? 'done' : 'stopped', retryReason: null });
    } catch (error) {
      this.store.update({ phase: 'failed', problem: problemOf(error), retryReason: null });
    }
  }

  /** Stops the import when the requests in flight have ended. */
  readonly stop = (): void => {
    this.abort.abort();
    this.store.update({ phase: 'stopping' });
  };

  /** Goes back to the choice of a file. */
  readonly reset = (): void => {
    this.abort.abort();
    this.store.set(idleImport());
  };

  private async read(): Promise<void> {
    const { file, options } = this.store.state;
    if (file === null) return;
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.store.update({ phase: 'reading', survey: null, problem: null });
    try {
      if (options.name !== '') checkName(options.name);
      const format = await formatFor(file);
      const names = await columnNames(file, format);
      if (!signal.aborted) this.store.update({ columnNames: names });
      const now = new Date(serverClock.now());
      const survey = await surveyImport(chunksIn(file, signal), format, options.reading, now);
      if (!signal.aborted) this.store.update({ phase: 'ready', survey });
    } catch (error) {
      if (!signal.aborted) this.store.update({ phase: 'unreadable', problem: problemOf(error) });
    }
  }

  /** Returns null, and goes back to the review, if the ledger would refuse every row. */
  private async readingFor(
    { hasDefaultAccount }: ImportingLedger,
    survey: Survey,
  ): Promise<ReadingOptions | null> {
    const { reading } = this.store.state.options;
    if (survey.withoutAccount === 0 || (await hasDefaultAccount())) return reading;
    if (!namesNoAccount(survey)) return { ...reading, requiresAccount: true };
    const problem = `${noAccountText} Choose the account_id below.`;
    this.store.update({ phase: 'unreadable', survey: null, problem });
    return null;
  }

  private async send(
    file: File,
    { sha256 }: Survey,
    { send, reading }: { readonly send: SendRows; readonly reading: ReadingOptions },
  ): Promise<void> {
    const { refusals, options } = this.store.state;
    const format = await formatFor(file);
    const name = options.name === '' ? sha256 : options.name;
    const startedAt = performance.now();
    const show = (tally: Tally) => {
      const elapsedMs = performance.now() - startedAt;
      this.store.update({ tally: { ...tally }, elapsedMs, retryReason: null });
    };
    let latest = nothingSent;
    try {
      const steps = readImport(chunksIn(file), { format, name, reading });
      latest = await runImport(steps, {
        send,
        onRefused: (rows, header) => refusals.add(rows, header),
        onProgress: (tally) => {
          latest = { ...tally };
          if (this.isTimeToShow()) show(latest);
        },
        onAway: ({ message }) => this.store.update({ retryReason: message }),
        signal: this.abort.signal,
      });
    } finally {
      show(latest);
      if (latest.refused > 0) {
        this.store.update({ refusalsFile: refusals.file(file.name, format) });
      }
    }
  }

  private isTimeToShow(): boolean {
    const now = performance.now();
    if (now - this.shownAt < showEveryMs) return false;
    this.shownAt = now;
    return true;
  }
}

export const importRun = new ImportRun();

/** @throws the reason of the signal once it is aborted. */
async function* chunksIn(file: File, signal?: AbortSignal): Chunks {
  for await (const chunk of yieldingChunks(chunksOf(file.stream()))) {
    signal?.throwIfAborted();
    yield chunk;
  }
}

async function formatFor(file: File): Promise<ImportFormat> {
  return formatOf(file.name) ?? sniffFormat(await file.slice(0, sniffedBytes).text());
}

function problemOf(error: unknown): string {
  const isUnreadable = error instanceof DOMException;
  return isUnreadable
    ? 'The file cannot be read any more; it may have been changed or moved. Choose it again.'
    : errorText(error);
}
