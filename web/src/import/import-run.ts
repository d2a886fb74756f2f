import {
  type Chunks,
  chunksOf,
  formatOf,
  type ImportFormat,
  readImport,
  type Survey,
  surveyImport,
} from '../../../src/import/read-import';
import type { ReadingOptions } from '../../../src/import/reading-options';
import { checkName } from '../../../src/import/row-keys';
import { runImport, type Tally } from '../../../src/import/run-import';
import type { SendRows } from '../../../src/import/send-rows';
import { sniffedBytes, sniffFormat } from '../../../src/import/sniff-format';
import { errorText } from '../client/errors';
import { Store } from '../store/store';
import { Refusals } from './refusals';
import { yieldingChunks } from './yielding-chunks';

export interface ImportState {
  readonly phase: 'idle' | 'reading' | 'sending' | 'stopping' | 'stopped' | 'done' | 'failed';
  readonly file: File | null;
  readonly survey: Survey | null;
  readonly tally: Tally;
  /** Since the first request. */
  readonly elapsedMs: number;
  /** Why requests are being retried; null if they are not. */
  readonly retryReason: string | null;
  readonly refusals: Refusals;
  /** All refused rows; null until the import ends. */
  readonly refusalsFile: File | null;
  /** What is wrong with the file or ended the import; null unless `phase` is `failed`. */
  readonly problem: string | null;
}

export interface ImportOptions {
  /** The name of the import; empty for the hash of the file. */
  readonly name: string;
  readonly reading: ReadingOptions;
}

const nothingYet: Tally = { rows: 0, added: 0, replayed: 0, refused: 0, bytes: 0 };
const showEveryMs = 100;

/**
 * The import of the console: one at a time, independent of the page that is open. The same file
 * under the same name yields the same idempotency keys, here and on the command line.
 */
class ImportRun {
  readonly store = new Store<ImportState>(idle());
  private abort = new AbortController();
  private shownAt = 0;

  /** Reads the file and sends its rows. Never rejects: the state says how it ended. */
  async start(file: File, { name, reading }: ImportOptions, send: SendRows): Promise<void> {
    this.abort = new AbortController();
    this.store.set({ ...idle(), file, phase: 'reading' });
    try {
      if (name !== '') checkName(name);
      const format = await formatFor(file);
      const survey = await surveyImport(this.chunks(file), format, reading);
      if (this.abort.signal.aborted) return this.store.update({ phase: 'stopped' });
      this.store.update({ phase: 'sending', survey });
      const options = { format, reading, name: name === '' ? survey.sha256 : name };
      await this.send(file, options, send);
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
  readonly reset = (): void => this.store.set(idle());

  private async send(
    file: File,
    options: ImportOptions & { readonly format: ImportFormat },
    send: SendRows,
  ): Promise<void> {
    const { refusals } = this.store.state;
    const startedAt = performance.now();
    const show = (tally: Tally) => {
      const elapsedMs = performance.now() - startedAt;
      this.store.update({ tally: { ...tally }, elapsedMs, retryReason: null });
    };
    let latest: Tally = nothingYet;
    try {
      latest = await runImport(readImport(this.chunks(file), options), {
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
      if (latest.refused > 0)
        this.store.update({ refusalsFile: refusals.file(file.name, options.format) });
    }
  }

  private chunks(file: File): Chunks {
    return yieldingChunks(chunksOf(file.stream()));
  }

  private isTimeToShow(): boolean {
    const now = performance.now();
    if (now - this.shownAt < showEveryMs) return false;
    this.shownAt = now;
    return true;
  }
}

export const importRun = new ImportRun();

export const isRunning = ({ phase }: ImportState): boolean =>
  phase === 'reading' || phase === 'sending' || phase === 'stopping';

function idle(): ImportState {
  return {
    phase: 'idle',
    file: null,
    survey: null,
    tally: nothingYet,
    elapsedMs: 0,
    retryReason: null,
    refusals: new Refusals(),
    refusalsFile: null,
    problem: null,
  };
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
