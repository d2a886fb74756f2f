import { DigestOfAll } from '../digest/entry-digest';
import { jsonMembers } from '../import/json-members';
import { type JsonValues, parseJsonObject } from '../import/json-object';
import { NdjsonRecords } from '../import/ndjson-records';
import type { RawRecord } from '../import/raw-record';
import { Utf8Reader } from '../import/utf8-reader';
import { compareCodePoints } from '../journal/code-point-order';
import { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { evolve } from '../ledger/evolve';
import { chainProblem } from './chain-problem';
import { entryProblem } from './entry-problem';
import { ExportError } from './export-error';
import { type ExportCounts, exportMark, firstVersion } from './export-format';
import { type ExportVersion, readEntry } from './read-entry';
import { WrongValue } from './read-values';
import { SeenKeys } from './seen-keys';

/** Characters. A spend over a million lots takes a third of it. */
const lineLengthMax = 2 ** 28;

/** The content of one chunk of an export. */
export interface ExportStep {
  readonly entries: readonly Entry[];
  /** Of the file, up to here. */
  readonly bytes: number;
}

/**
 * Reads an export as NDJSON, and replays it: each entry must be exactly what the rule decides after
 * the entries before it. Accounts are in the order of code points, so that only one is in memory.
 * @throws ExportError with the first line that is wrong.
 */
export async function* readExport(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ExportStep> {
  const text = new Utf8Reader();
  const lines = new NdjsonRecords(lineLengthMax);
  const reader = new ExportReader();
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    yield { entries: reader.take(lines.push(text.push(chunk))), bytes };
  }
  yield { entries: reader.take([...lines.push(text.end()), ...lines.end()]), bytes };
  reader.finish();
}

class ExportReader {
  private account: Account | null = null;
  private keys = new SeenKeys();
  /** The digest of the account's last entry. */
  private digest: string | null = null;
  private readonly all = new DigestOfAll();
  private version: ExportVersion = exportMark.version;
  private line = 0;
  private isEnded = false;
  private readonly counts: ExportCounts = { accounts: 0, entries: 0 };

  take(records: readonly RawRecord[]): Entry[] {
    return records.flatMap(({ line, cells }) => {
      const isFirst = this.line === 0;
      this.line = line;
      if (this.isEnded) throw new ExportError('this line follows the end of the export.', line);
      const values = this.parse(cells[0]);
      if (isFirst) return this.start(values);
      if ('entries' in values) return this.end(values);
      return this.entry(values);
    });
  }

  /** @throws ExportError without the last line, which shows that the export was not truncated. */
  finish(): void {
    if (this.line === 0) throw new ExportError(noExport, 1);
    if (this.isEnded) return;
    throw new ExportError(
      'the export is truncated after this line: its last line would count its entries.',
      this.line,
    );
  }

  private parse(text: string): JsonValues {
    const values = parseJsonObject(text);
    if (typeof values === 'string') {
      throw new ExportError(this.line === 1 ? noExport : 'this is not a JSON object.', this.line);
    }
    const { doubledName } = jsonMembers(text);
    if (doubledName === null) return values;
    throw new ExportError(`the name ${JSON.stringify(doubledName)} occurs twice.`, this.line);
  }

  private start({ format, version }: JsonValues): [] {
    if (format !== exportMark.format) throw new ExportError(noExport, this.line);
    if (version !== firstVersion && version !== exportMark.version) {
      throw new ExportError(
        `the export is of version ${version}, and this program reads versions up to ${exportMark.version}.`,
        this.line,
      );
    }
    this.version = version;
    return [];
  }

  private end({ accounts, entries, digest }: JsonValues): [] {
    const { counts } = this;
    if (accounts !== counts.accounts || entries !== counts.entries) {
      throw new ExportError(
        `the export should hold ${entries} entries of ${accounts} accounts, and holds ` +
          `${counts.entries} of ${counts.accounts}.`,
        this.line,
      );
    }
    const all = this.all.end();
    if (this.version > firstVersion && digest !== all) {
      throw new ExportError(
        `the digest of all entries is ${all}, and the export should have ${digest}.`,
        this.line,
      );
    }
    this.isEnded = true;
    return [];
  }

  private entry(values: JsonValues): Entry {
    const entry = this.read(values);
    const account = this.accountOf(entry.accountId);
    const name = `entry ${entry.sequence} of account ${JSON.stringify(entry.accountId)}`;
    const problem = entryProblem(account, entry) ?? chainProblem(entry, this.digest);
    if (problem !== null) throw new ExportError(`${name}: ${problem}.`, this.line);
    if (entry.idempotencyKey !== null && this.keys.isSecond(entry.idempotencyKey)) {
      throw new ExportError(
        `${name}: its idempotency key belongs to an entry before it.`,
        this.line,
      );
    }
    evolve(account, entry);
    this.digest = entry.digest;
    this.all.add(entry);
    this.counts.entries += 1;
    return entry;
  }

  private read(values: JsonValues): Entry {
    try {
      return readEntry(values, this.version);
    } catch (error) {
      if (error instanceof WrongValue) throw new ExportError(`${error.message}.`, this.line);
      throw error;
    }
  }

  private accountOf(id: string): Account {
    if (this.account?.id === id) return this.account;
    if (this.account !== null && compareCodePoints(id, this.account.id) < 0) {
      throw new ExportError(
        `account ${JSON.stringify(id)} follows account ${JSON.stringify(this.account.id)}; ` +
          'accounts must be in the order of code points, and the entries of each together.',
        this.line,
      );
    }
    this.account = new Account(id);
    this.keys = new SeenKeys();
    this.digest = null;
    this.counts.accounts += 1;
    return this.account;
  }
}

const noExport =
  `this is not an export: it must begin with ${JSON.stringify(exportMark)}. ` +
  '`points export` writes one; `points import` adds transactions.';
