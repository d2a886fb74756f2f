import { jsonMembers } from '../import/json-members';
import { NdjsonRecords } from '../import/ndjson-records';
import type { RawRecord } from '../import/raw-record';
import { Utf8Reader } from '../import/utf8-reader';
import { isObject } from '../is-object';
import { compareCodePoints } from '../journal/code-point-order';
import { Account } from '../ledger/account';
import type { Entry } from '../ledger/entry';
import { evolve } from '../ledger/evolve';
import { entryFault } from './entry-fault';
import { ExportFault } from './export-fault';
import { type ExportCounts, exportMark } from './export-format';
import { readEntry, WrongValue } from './read-entry';
import { SeenKeys } from './seen-keys';

/** A spend over a million lots takes a third of it. */
const lineLengthMax = 2 ** 28;

/** What one chunk of an export held. */
export interface ExportStep {
  readonly entries: readonly Entry[];
  /** Of the file, up to here. */
  readonly bytes: number;
}

/**
 * Reads an export as NDJSON, and replays it: each entry is exactly what the rule makes of the
 * entries before it, or an {@link ExportFault} with its line is thrown. Accounts come by code
 * point, so that one of them is held at a time.
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
  private line = 0;
  private isEnded = false;
  private readonly counts: ExportCounts = { accounts: 0, entries: 0 };

  take(records: readonly RawRecord[]): Entry[] {
    return records.flatMap(({ line, cells }) => {
      const isFirst = this.line === 0;
      this.line = line;
      if (this.isEnded) throw new ExportFault('the export has ended, and this is more.', line);
      const values = this.parse(cells[0]);
      if (isFirst) return this.start(values);
      if ('entries' in values) return this.end(values);
      return this.entry(values);
    });
  }

  /** The last line tells that nothing was cut off. */
  finish(): void {
    if (this.line === 0) throw new ExportFault(noExport, 1);
    if (this.isEnded) return;
    throw new ExportFault(
      'the export ends here and is not whole: its last line would tell how many entries there are.',
      this.line,
    );
  }

  private parse(text: string): Readonly<Record<string, unknown>> {
    const values = valuesOf(text);
    if (values === null) {
      throw new ExportFault(this.line === 1 ? noExport : 'this is no JSON object.', this.line);
    }
    const { doubledName } = jsonMembers(text);
    if (doubledName === null) return values;
    throw new ExportFault(`the name ${JSON.stringify(doubledName)} occurs twice.`, this.line);
  }

  private start({ format, version }: Readonly<Record<string, unknown>>): [] {
    if (format !== exportMark.format) throw new ExportFault(noExport, this.line);
    if (version === exportMark.version) return [];
    throw new ExportFault(
      `the export is of version ${version}, and this program reads version ${exportMark.version}.`,
      this.line,
    );
  }

  private end({ accounts, entries }: Readonly<Record<string, unknown>>): [] {
    const { counts } = this;
    if (accounts !== counts.accounts || entries !== counts.entries) {
      throw new ExportFault(
        `the export was made of ${accounts} accounts with ${entries} entries, and holds ` +
          `${counts.accounts} with ${counts.entries}.`,
        this.line,
      );
    }
    this.isEnded = true;
    return [];
  }

  private entry(values: Readonly<Record<string, unknown>>): Entry {
    const entry = this.read(values);
    const account = this.accountOf(entry.accountId);
    const name = `entry ${entry.sequence} of account ${JSON.stringify(entry.accountId)}`;
    const fault = entryFault(account, entry);
    if (fault !== null) throw new ExportFault(`${name}: ${fault}.`, this.line);
    if (entry.idempotencyKey !== null && this.keys.isSecond(entry.idempotencyKey)) {
      throw new ExportFault(
        `${name}: its idempotency key belongs to an entry before it.`,
        this.line,
      );
    }
    evolve(account, entry);
    this.counts.entries += 1;
    return entry;
  }

  private read(values: Readonly<Record<string, unknown>>): Entry {
    try {
      return readEntry(values);
    } catch (error) {
      if (error instanceof WrongValue) throw new ExportFault(`${error.message}.`, this.line);
      throw error;
    }
  }

  private accountOf(id: string): Account {
    if (this.account?.id === id) return this.account;
    if (this.account !== null && compareCodePoints(id, this.account.id) < 0) {
      throw new ExportFault(
        `account ${JSON.stringify(id)} stands behind account ${JSON.stringify(this.account.id)}; ` +
          'accounts are in the order of code points, each in one piece.',
        this.line,
      );
    }
    this.account = new Account(id);
    this.keys = new SeenKeys();
    this.counts.accounts += 1;
    return this.account;
  }
}

const noExport = `this is no export: it must begin with ${JSON.stringify(exportMark)}. \`points export\` makes one; transactions are added by \`points import\`.`;

function valuesOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const values: unknown = JSON.parse(text);
    return isObject(values) ? values : null;
  } catch {
    return null;
  }
}
