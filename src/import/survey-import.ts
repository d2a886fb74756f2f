import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { DistinctCount } from './distinct-count';
import { ExcelIds } from './excel-ids';
import type { ImportFormat } from './file-format';
import type { Chunks } from './file-records';
import { type ImportItem, type ImportRow, type RefusedRow, readImport } from './read-import';
import { type ReadingOptions, strictReading } from './reading-options';
import { type SampledRow, sampledRow } from './sampled-row';
import { SpreadSample } from './spread-sample';
import { type UnusualDates, UnusualDatesFinder } from './unusual-dates';

/** The first lines that a survey shows. */
const firstRowsMax = 5;
const firstRefusalsMax = 20;
const sampleSize = 200;

/** What the rows of one payer add up to. */
export interface PayerSums {
  readonly payer: string;
  readonly granted: bigint;
  /** Not negative. */
  readonly takenBack: bigint;
}

/** What the first reading of a file found, before anything is sent. */
export interface Survey {
  readonly bytes: number;
  /** Records, the header of a CSV not counted: accepted, refused and skipped. */
  readonly rows: number;
  /** Rows that can be sent. What depends on balances and keys is not known yet. */
  readonly accepted: number;
  readonly refused: number;
  /** Rows that are left out, since their points have expired. */
  readonly skipped: number;
  /** Of the bytes, in hexadecimal: the name of an import that is given none. */
  readonly sha256: string;
  /** The accounts of accepted rows. */
  readonly accounts: number;
  /** Accepted rows that name no account. */
  readonly withoutAccount: number;
  /** The payers of accepted rows, in the order of the file. */
  readonly payers: readonly PayerSums[];
  readonly firstRows: readonly ImportRow[];
  readonly firstRefusals: readonly RefusedRow[];
  /** Dates to ask about; null if there are none. */
  readonly unusualDates: UnusualDates | null;
  /** Rows without a key of their own, spread over the file: all of them, or 200. */
  readonly sample: readonly SampledRow[];
}

/**
 * Reads a whole file: checks its encoding, its header, its quotes and its rows, and hashes it.
 * Holds what {@link readImport} holds, 21 to 43 bytes for each account, and the sums of each payer.
 * @param reading as the rows will be read.
 * @param now the present instant, to find dates that are far ahead.
 * @throws ImportError if the file cannot be imported.
 */
export async function surveyImport(
  chunks: Chunks,
  format: ImportFormat,
  reading: ReadingOptions = strictReading,
  now: Date = new Date(),
): Promise<Survey> {
  const hash = sha256.create();
  const rows = new SurveyedRows(now);
  let bytes = 0;
  const hashed = hashing(chunks, (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
  });
  // The keys of the survey are not sent: only what follows the name in them is used.
  for await (const { items } of readImport(hashed, { format, name: 'survey', reading })) {
    for (const item of items) rows.add(item);
  }
  return { bytes, sha256: bytesToHex(hash.digest()), ...rows.result() };
}

async function* hashing(chunks: Chunks, onChunk: (chunk: Uint8Array) => void): Chunks {
  for await (const chunk of chunks) {
    onChunk(chunk);
    yield chunk;
  }
}

class SurveyedRows {
  private accepted = 0;
  private refused = 0;
  private skipped = 0;
  private readonly accounts = new DistinctCount();
  private withoutAccount = 0;
  private readonly payers = new Map<string, { granted: bigint; takenBack: bigint }>();
  private readonly firstRows: ImportRow[] = [];
  private readonly firstRefusals: RefusedRow[] = [];
  private readonly excelIds = new ExcelIds();
  private readonly dates: UnusualDatesFinder;
  private readonly sample = new SpreadSample<SampledRow>(sampleSize);

  constructor(now: Date) {
    this.dates = new UnusualDatesFinder(now);
  }

  add(item: ImportItem): void {
    if (item.kind === 'row') {
      this.addRow(item);
      return;
    }
    if (item.kind === 'skipped') {
      this.skipped += 1;
      return;
    }
    this.refused += 1;
    if (this.firstRefusals.length < firstRefusalsMax) this.firstRefusals.push(item);
  }

  result(): Omit<Survey, 'bytes' | 'sha256'> {
    const { accepted, refused, skipped, firstRows, firstRefusals } = this;
    return {
      rows: accepted + refused + skipped,
      accepted,
      refused,
      skipped,
      accounts: this.accounts.count,
      withoutAccount: this.withoutAccount,
      payers: Array.from(this.payers, ([payer, sums]) => ({ payer, ...sums })),
      firstRows,
      firstRefusals,
      unusualDates: this.dates.found,
      sample: this.sample.items(),
    };
  }

  private addRow(row: ImportRow): void {
    const { accountId, payer, points } = row.input;
    this.accepted += 1;
    if (this.firstRows.length < firstRowsMax) this.firstRows.push(row);
    this.accounts.add(accountId);
    if (!row.namesAccount) this.withoutAccount += 1;
    this.sumsOf(payer)[points > 0 ? 'granted' : 'takenBack'] += BigInt(Math.abs(points));
    this.excelIds.add(row);
    this.dates.add(row);
    if (!row.hasOwnKey) this.sample.add(() => sampledRow(row));
  }

  private sumsOf(payer: string): { granted: bigint; takenBack: bigint } {
    const known = this.payers.get(payer);
    if (known !== undefined) return known;
    const sums = { granted: 0n, takenBack: 0n };
    this.payers.set(ownText(payer), sums);
    return sums;
  }
}

/** Copies a text: a slice would keep the whole chunk of the file in memory. */
function ownText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
