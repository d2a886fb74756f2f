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
import { faultWords } from '../client/faults';
import { breathing } from './breathing';
import { Refusals } from './refusals';

export interface ImportState {
  readonly phase: 'idle' | 'reading' | 'sending' | 'stopping' | 'stopped' | 'done' | 'failed';
  readonly file: File | null;
  readonly survey: Survey | null;
  readonly tally: Tally;
  /** Since the first row was sent. */
  readonly elapsedMs: number;
  /** What the server is waited for with; null while it answers. */
  readonly away: string | null;
  readonly refusals: Refusals;
  /** Null while it grows. */
  readonly refusalsFile: File | null;
  /** What is wrong with the file, or ended the import; null unless `phase` is `failed`. */
  readonly fault: string | null;
}

export interface ImportOptions {
  /** Of the import; empty for the file's hash. */
  readonly name: string;
  readonly reading: ReadingOptions;
}

const nothingYet: Tally = { rows: 0, added: 0, replayed: 0, refused: 0, bytes: 0 };
const showEveryMs = 100;

/**
 * The console's import: one at a time, going on while other pages are looked at. The same file under
 * the same name gives every row the same key as before, here and on the command line.
 */
export class ImportRun {
  private state: ImportState = idle();
  private abort = new AbortController();
  private shownAt = 0;
  private readonly listeners = new Set<() => void>();

  readonly now = (): ImportState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async start(file: File, { name, reading }: ImportOptions, send: SendRows): Promise<void> {
    this.abort = new AbortController();
    this.state = { ...idle(), file };
    this.set({ phase: 'reading' });
    try {
      if (name !== '') checkName(name);
      const format = await formatFor(file);
      const survey = await surveyImport(this.chunks(file), format, reading);
      if (this.abort.signal.aborted) return this.set({ phase: 'stopped' });
      this.set({ phase: 'sending', survey });
      const options = { format, reading, name: name === '' ? survey.sha256 : name };
      await this.send(file, options, send);
      const isWhole = this.state.tally.rows === survey.rows;
      this.set({ phase: isWhole ? 'done' : 'stopped', away: null });
    } catch (error) {
      this.set({ phase: 'failed', fault: wordsOf(error), away: null });
    }
  }

  /** Ends it when the calls under way are answered. */
  readonly stop = (): void => {
    this.abort.abort();
    this.set({ phase: 'stopping' });
  };

  readonly forget = (): void => {
    this.state = idle();
    this.set({});
  };

  private async send(
    file: File,
    options: ImportOptions & { readonly format: ImportFormat },
    send: SendRows,
  ): Promise<void> {
    const { refusals } = this.state;
    const startedAt = performance.now();
    const show = (tally: Tally) => {
      const elapsedMs = performance.now() - startedAt;
      this.set({ tally: { ...tally }, elapsedMs, away: null });
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
        onAway: ({ message }) => this.set({ away: message }),
        signal: this.abort.signal,
      });
    } finally {
      show(latest);
      if (latest.refused > 0) this.set({ refusalsFile: refusals.file(file.name, options.format) });
    }
  }

  private chunks(file: File): Chunks {
    return breathing(chunksOf(file.stream()));
  }

  private isTimeToShow(): boolean {
    const now = performance.now();
    if (now - this.shownAt < showEveryMs) return false;
    this.shownAt = now;
    return true;
  }

  private set(part: Partial<ImportState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

export const importRun = new ImportRun();

export const isUnderWay = ({ phase }: ImportState): boolean =>
  phase === 'reading' || phase === 'sending' || phase === 'stopping';

function idle(): ImportState {
  return {
    phase: 'idle',
    file: null,
    survey: null,
    tally: nothingYet,
    elapsedMs: 0,
    away: null,
    refusals: new Refusals(),
    refusalsFile: null,
    fault: null,
  };
}

async function formatFor(file: File): Promise<ImportFormat> {
  return formatOf(file.name) ?? sniffFormat(await file.slice(0, sniffedBytes).text());
}

function wordsOf(error: unknown): string {
  const isUnreadable = error instanceof DOMException;
  return isUnreadable
    ? 'The file cannot be read any more. Was it changed or moved? Choose it again.'
    : faultWords(error);
}
