import { formatOf, type ImportFormat, sniffFormat } from '../import/file-format';
import { ImportError } from '../import/import-error';
import { readImport } from '../import/read-import';
import type { ReadingOptions } from '../import/reading-options';
import { checkName } from '../import/row-keys';
import { runImport, type Tally } from '../import/run-import';
import type { SendRows } from '../import/send-rows';
import { type Survey, surveyImport } from '../import/survey-import';
import { countOf } from '../ledger/count-of';
import { ImportTransactionsDocument } from '../operations/generated/operations';
import { wholePath } from '../whole-path';
import { CommandError, type ExitCode, exitCodes } from './command-error';
import { checkNotAdded, confirmDates, forDefaultAccount } from './import-checks';
import { type ImportOptions, readingOf } from './import-options';
import { printDryRun, printResult } from './import-result';
import { type InputFile, openInput } from './input-file';
import { interruption } from './interruption';
import { LedgerClient } from './ledger-client';
import { counted, createProgress, type Progress } from './progress';
import { checkRefusals, checkWritable, refusalsPath } from './refusals-place';
import { RefusalsWriter } from './refusals-writer';
import { readToken } from './token';

/** What an import needs after its file was read to the end. */
interface Import {
  readonly client: LedgerClient;
  readonly input: InputFile;
  readonly format: ImportFormat;
  readonly reading: ReadingOptions;
  readonly name: string;
  /** What the first reading of the file found. */
  readonly survey: Survey;
  readonly refusals: RefusalsWriter;
  readonly options: ImportOptions;
  readonly signal: AbortSignal;
}

/**
 * Imports a file. Reads it once to check it, and once more to send its rows.
 *
 * @throws CommandError if it was interrupted, or cannot be imported.
 */
export async function importFile(path: string, options: ImportOptions): Promise<ExitCode> {
  const client = new LedgerClient(options.url, readToken(options.tokenFile));
  if (options.name !== undefined) checkName(options.name, '--name');
  if (options.refusals !== undefined) checkRefusals(options.refusals, path);
  const chosen = readingOf(options);
  let given: Import | null = null;
  const signal = interruption(() => (given === null ? nothingSent : leftOfImport(given)));
  const input = await openInput(path, signal);
  try {
    const format = options.format ?? formatOf(path) ?? sniffFormat(await input.start());
    const survey = await surveyImport(input.open(signal), format, chosen);
    if (options.dryRun) return printDryRun(survey, options.json);
    await confirmDates(survey, options, signal);
    const refusals = refusalsWriter(options.refusals, () => refusalsPath(path, format));
    checkWritable(refusals.path);
    await client.reach();
    const reading = await forDefaultAccount(client, survey, chosen);
    const name = options.name ?? survey.sha256;
    await checkNotAdded(client, survey, name, options);
    given = { client, input, format, reading, name, survey, refusals, options, signal };
    return await run(given);
  } catch (error) {
    if (!signal.aborted || error instanceof CommandError) throw error;
    throw new CommandError('Interrupted: nothing was sent.', exitCodes.interrupted, {
      cause: error,
    });
  } finally {
    input.dispose();
  }
}

function refusalsWriter(given: string | undefined, newPath: () => string): RefusalsWriter {
  return new RefusalsWriter(given === undefined ? null : wholePath(given), newPath);
}

const nothingSent = 'Nothing was sent.';

async function run(given: Import): Promise<ExitCode> {
  const { survey, refusals, options, signal } = given;
  const progress = createProgress(survey.rows, 'Importing');
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  let latest: Tally = { rows: 0, added: 0, replayed: 0, refused: 0, skipped: 0, bytes: 0 };
  const print = () => {
    const { name } = given;
    const result = { tally: latest, survey, name, refusalsPath: refusals.path, seconds: seconds() };
    printResult(result, options.json);
  };
  try {
    latest = await send(given, progress, (tally) => {
      latest = { ...tally };
      show(progress, tally, seconds());
    });
    show(progress, latest, seconds());
  } catch (error) {
    progress.end();
    print();
    if (error instanceof ImportError) throw fileChanged(given, error);
    console.error(`points: ${howToContinue(given)}`);
    throw error;
  } finally {
    progress.end();
    refusals.close();
  }
  print();
  const isWhole = latest.rows === survey.rows && latest.bytes === survey.bytes;
  if (signal.aborted && !isWhole) {
    throw new CommandError(`Interrupted. ${howToContinue(given)}`, exitCodes.interrupted);
  }
  if (!isWhole) throw fileChanged(given);
  return latest.refused > 0 ? exitCodes.doneWithFindings : exitCodes.done;
}

function send(
  { client, input, format, reading, name, refusals, options, signal }: Import,
  progress: Progress,
  onProgress: (tally: Tally) => void,
): Promise<Tally> {
  return runImport(readImport(input.open(), { format, name, reading }), {
    send: sender(client),
    onRefused: (refused, header) => refusals.write(refused, header),
    onProgress,
    onAway: ({ message }) => progress.notice(`${message} Retrying.`),
    signal,
    concurrency: options.concurrency,
    patienceMs: options.patience * 1_000,
  });
}

function sender(client: LedgerClient): SendRows {
  return async (rows) => {
    const variables = { input: { transactions: [...rows] } };
    const { addTransactions } = await client.request(ImportTransactionsDocument, variables);
    if (addTransactions?.results.length !== rows.length) {
      throw new CommandError(
        `The response of ${client.name} does not have a result for every row.`,
        exitCodes.unreachable,
      );
    }
    return addTransactions.results.map(({ replayed, errors: [error] }) => ({
      replayed,
      refusal: error === undefined ? null : { code: error.code, reason: error.message },
    }));
  };
}

function show(progress: Progress, tally: Tally, seconds: number): void {
  progress.show(tally.rows, [
    countOf(tally.rows, 'row'),
    `${counted(Math.round(tally.rows / Math.max(seconds, 0.001)))} rows/s`,
    `${counted(tally.refused)} refused`,
    `${counted(tally.replayed)} there already`,
  ]);
}

/** Calls in flight may still be executed. */
function leftOfImport(given: Import): string {
  return `Some rows may have been added. ${howToContinue(given)}`;
}

function howToContinue({ options }: Import): string {
  const name = options.name === undefined ? '' : ' with the same --name';
  return `To continue, run the same command again${name}: no row is added twice.`;
}

/**
 * Returns the error for a second reading that finds a problem: the first one found none, so the
 * file changed.
 */
function fileChanged({ input, name }: Import, cause?: ImportError): CommandError {
  const problem = cause === undefined ? '' : ` ${cause.message}`;
  return new CommandError(
    `The file changed while it was read: ${input.name} has another length, or is damaged.` +
      `${problem} When it is complete, import it with --name ${JSON.stringify(name)}: ` +
      'no row is added twice.',
    exitCodes.badInput,
    { cause },
  );
}
