import type { Tally } from '../import/run-import';
import type { PayerSums, Survey } from '../import/survey-import';
import { unusualDatesText } from '../import/unusual-dates';
import { countOf } from '../ledger/count-of';
import { type ExitCode, exitCodes } from './command-error';
import { counted } from './progress';

/** What is known at the end of an import, whether it was completed or not. */
interface ImportResult {
  readonly tally: Tally;
  readonly survey: Survey;
  readonly name: string;
  readonly refusalsPath: string;
  readonly seconds: number;
}

/** Writes the result of an import to the standard output, as a sentence or as JSON. */
export function printResult(result: ImportResult, json = false): void {
  const { tally, survey, name, refusalsPath, seconds } = result;
  const { rows, added, replayed, refused, skipped } = tally;
  const path = refused > 0 ? refusalsPath : null;
  if (json) {
    const counts = { rows, of: survey.rows, added, replayed, refused, skipped };
    console.log(JSON.stringify({ ...counts, name, refusals: path, seconds }));
    return;
  }
  const see = path === null ? '' : ` (see ${path})`;
  console.log(
    `${counted(rows)} of ${countOf(survey.rows, 'row')} in ${seconds.toFixed(1)} s: ` +
      `${counted(added)} added, ${counted(replayed)} there already, ` +
      `${counted(refused)} refused${see}${skippedText(skipped)}.`,
  );
}

function skippedText(skipped: number): string {
  return skipped === 0 ? '' : `, ${counted(skipped)} skipped as expired`;
}

/** Writes what a file holds to the standard output. Returns the exit status of a dry run. */
export function printDryRun(survey: Survey, json = false): ExitCode {
  if (json) console.log(JSON.stringify(dryRunJson(survey)));
  else console.log(dryRunLines(survey).join('\n'));
  return survey.refused > 0 ? exitCodes.doneWithFindings : exitCodes.done;
}

const notQueried = 'Nothing was sent. Balances and idempotency keys were not queried.';

function dryRunJson(given: Survey): object {
  const { rows, accepted, refused, skipped, accounts, sha256, ...survey } = given;
  return {
    dryRun: true,
    rows,
    accepted,
    refused,
    skipped,
    accounts,
    rowsWithoutAccount: survey.withoutAccount,
    payers: survey.payers.map(({ payer, granted, takenBack }) => ({
      payer,
      granted: jsonNumber(granted),
      takenBack: jsonNumber(takenBack),
    })),
    firstRefusals: survey.firstRefusals.map(({ line, code, reason }) => ({ line, code, reason })),
    unusualDates: survey.unusualDates,
    sha256,
    note: notQueried,
  };
}

/** Sums beyond the range in which JSON numbers are exact are written as strings. */
function jsonNumber(sum: bigint): number | string {
  return sum <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(sum) : String(sum);
}

function dryRunLines(survey: Survey): string[] {
  const { rows, accepted, refused, skipped, accounts, payers } = survey;
  const { firstRefusals, unusualDates } = survey;
  const more = refused - firstRefusals.length;
  return [
    `${countOf(rows, 'row')}: ${counted(accepted)} can be sent, ` +
      `${counted(refused)} refused${skippedText(skipped)}.`,
    `${countOf(accounts, 'account')}, ${countOf(payers.length, 'payer')}.`,
    ...(survey.withoutAccount === 0 ? [] : [withoutAccountLine(survey)]),
    ...payers.slice(0, payersShownMax).map(payerLine),
    ...(payers.length > payersShownMax
      ? [`  and ${countOf(payers.length - payersShownMax, 'more payer')}`]
      : []),
    ...firstRefusals.map(({ line, code, reason }) => `Line ${line}: ${code}: ${reason}`),
    ...(more > 0 ? [`and ${countOf(more, 'more refused row')}`] : []),
    ...(unusualDates === null ? [] : [unusualDatesText(unusualDates)]),
    notQueried,
  ];
}

function withoutAccountLine({ withoutAccount: rows }: Survey): string {
  return `${countOf(rows, 'row names', 'rows name')} no account: a ledger adds them to "default", or refuses them if it has no default account.`;
}

const payersShownMax = 50;

function payerLine({ payer, granted, takenBack }: PayerSums): string {
  const difference = (granted - takenBack).toLocaleString('en-US');
  return (
    `  ${JSON.stringify(payer)}: ${granted.toLocaleString('en-US')} granted, ` +
    `${takenBack.toLocaleString('en-US')} taken back, ${difference} in total`
  );
}
