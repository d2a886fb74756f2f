import { DigestOfAll } from '../digest/entry-digest';
import { jsonMembers } from '../import/json-members';
import { type JsonValues, parseJsonObject } from '../import/json-object';
import { NdjsonRecords } from '../import/ndjson-records';
import type { RawRecord } from '../import/raw-record';
import { Utf8Reader } from '../import/utf8-reader';
import { compareCodePoints } from '../journal/code-point-order';
import { countOf } from '../ledger/count-of';
import type { Entry } from '../ledger/entry';
import { isNaming } from './account-history';
import { AccountReplay } from './account-replay';
import { chainProblem } from './chain-problem';
import { ExportError } from './export-error';
import { type ExportCounts, exportMark, firstVersion } from './export-format';
import { type ExportTargets, lineLengthMax, targetsOfExport } from './export-targets';
import { type ExportVersion, readEntry } from './read-entry';
import { WrongValue } from './read-values';
import { SeenKeys } from './seen-keys';

/** The content of one chunk of an export. */
export interface ExportStep {
  readonly entries: readonly Entry[];
  /** Of the file, up to here. */
  readonly bytes: number;
}

/**
 * Reads an export as NDJSON, and replays it: each entry must be exactly what the rule decides after
 * the entries before it. Accounts are in the order of code points, so that only one is in memory.
 * Reads the file twice: the first time for what its reversals name, which is all that is kept of
 * the entries.
 * @throws ExportError with the first line that is wrong.
 */
export async function* readExport(
  open: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<ExportStep> {
  const text = new Utf8Reader();
  const lines = new NdjsonRecords(lineLengthMax);
  const reader = new ExportReader(await targetsOfExport(open()));
  let bytes = 0;
  for await (const chunk of open()) {
    bytes += chunk.length;
    yield { entries: reader.take(lines.push(text.push(chunk))), bytes };
  }
  yield { entries: reader.take([...lines.push(text.end()), ...lines.end()]), bytes };
  reader.finish();
}

class ExportReader {
  private replay: AccountReplay | null = null;
  /** The account's entries that its reversals name, by sequence. */
  private named = new Map<number, Entry>();
  private keys = new SeenKeys();
  /** The digest of the account's last entry. */
  private digest: string | null = null;
  private readonly all = new DigestOfAll();
  private version: ExportVersion = exportMark.version;
  private line = 0;
  private isEnded = false;
  private readonly counts: ExportCounts = { accounts: 0, entries: 0 };

  constructor(private readonly targets: ExportTargets) {}

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
        `the export is of version ${JSON.stringify(version)}, and this program reads versions up to ${exportMark.version}.`,
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
        `the last line counts ${entries} as entries and ${accounts} as accounts, and the export ` +
          `holds ${countOf(counts.entries, 'entry', 'entries')} of ${countOf(counts.accounts, 'account')}.`,
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
    const replay = this.replayOf(entry.accountId);
    const problem =
      replay.problem(entry, this.namedBy(entry)) ??
      chainProblem(entry, this.digest) ??
      this.keyProblem(entry);
    if (problem !== null) {
      const name = `entry ${entry.sequence} of account ${JSON.stringify(entry.accountId)}`;
      throw new ExportError(`${name}: ${problem}.`, this.line);
    }
    replay.apply(entry);
    this.keep(entry);
    this.digest = entry.digest;
    this.all.add(entry);
    this.counts.entries += 1;
    return entry;
  }

  private keep(entry: Entry): void {
    const isNamed = this.targets.get(entry.accountId)?.has(entry.sequence) ?? false;
    if (isNamed) this.named.set(entry.sequence, entry);
  }

  private namedBy(entry: Entry): Entry | null {
    return isNaming(entry) ? (this.named.get(entry.target) ?? null) : null;
  }

  private keyProblem({ idempotencyKey }: Entry): string | null {
    if (idempotencyKey === null || !this.keys.isSecond(idempotencyKey)) return null;
    return 'its idempotency key belongs to an entry before it';
  }

  private read(values: JsonValues): Entry {
    try {
      return readEntry(values, this.version);
    } catch (error) {
      if (error instanceof WrongValue) throw new ExportError(`${error.message}.`, this.line);
      throw error;
    }
  }

  private replayOf(id: string): AccountReplay {
    const last = this.replay?.account.id;
    if (this.replay !== null && last === id) return this.replay;
    if (last !== undefined && compareCodePoints(id, last) < 0) {
      throw new ExportError(
        `account ${JSON.stringify(id)} follows account ${JSON.stringify(last)}; ` +
          'accounts must be in the order of code points, and the entries of each together.',
        this.line,
      );
    }
    this.replay = new AccountReplay(id);
    this.named = new Map();
    this.keys = new SeenKeys();
    this.digest = null;
    this.counts.accounts += 1;
    return this.replay;
  }
}

const noExport =
  `this is not an export: it must begin with ${JSON.stringify(exportMark)}. ` +
  '`points export` writes one; `points import` adds transactions.';
