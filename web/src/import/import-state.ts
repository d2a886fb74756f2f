import type { ReadingOptions } from '../../../src/import/reading-options';
import { strictReading } from '../../../src/import/reading-options';
import type { Tally } from '../../../src/import/run-import';
import type { Survey } from '../../../src/import/survey-import';
import { choicesAdvice } from './reading-choices';
import { Refusals } from './refusals';

export interface ImportState {
  /** `ready`: the file was read, and the user decides whether it is imported. */
  readonly phase:
    | 'idle'
    | 'reading'
    | 'ready'
    | 'unreadable'
    | 'sending'
    | 'stopping'
    | 'stopped'
    | 'done'
    | 'failed';
  readonly file: File | null;
  readonly options: ImportOptions;
  /** Null until the file was read with the current options. */
  readonly survey: Survey | null;
  /** The names of the columns, or of the members of the first object, as in the file. */
  readonly columnNames: readonly string[];
  readonly tally: Tally;
  /** Since the first request. */
  readonly elapsedMs: number;
  /** Why requests are being retried; null if they are not. */
  readonly retryReason: string | null;
  readonly refusals: Refusals;
  /** All refused rows; null until the import ends. */
  readonly refusalsFile: File | null;
  /** What is wrong with the file or ended the import; null in other phases. */
  readonly problem: string | null;
}

export interface ImportOptions {
  /** The name of the import; empty for the hash of the file. */
  readonly name: string;
  readonly reading: ReadingOptions;
}

export const nothingSent: Tally = {
  rows: 0,
  added: 0,
  replayed: 0,
  refused: 0,
  skipped: 0,
  bytes: 0,
};

const defaultOptions: ImportOptions = {
  name: '',
  reading: { ...strictReading, advice: choicesAdvice },
};

/** True while rows are being sent. */
export const isSending = ({ phase }: ImportState): boolean =>
  phase === 'sending' || phase === 'stopping';

/** True before anything was sent: the options can still be changed. */
export const isUnderReview = ({ phase }: ImportState): boolean =>
  phase === 'reading' || phase === 'ready' || phase === 'unreadable';

/** Returns the state before a file is chosen. */
export function idleImport(): ImportState {
  return {
    phase: 'idle',
    file: null,
    options: defaultOptions,
    survey: null,
    columnNames: [],
    tally: nothingSent,
    elapsedMs: 0,
    retryReason: null,
    refusals: new Refusals(),
    refusalsFile: null,
    problem: null,
  };
}
