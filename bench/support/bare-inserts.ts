import Database from 'libsql';
import { entryColumns, rowOf } from '../../src/journal/entry-row';
import { SqliteJournal } from '../../src/journal/sqlite/journal';
import type { Entry } from '../../src/ledger/entry';

/** As many as the journal puts into one: the fastest form of a bare insert that was found. */
const rowsPerStatement = 16;

/**
 * libsql and nothing else, on the journal's own table with its indexes, as durable as the journal.
 */
export class BareInserts {
  private readonly database: Database.Database;
  private readonly many: Database.Statement;
  private readonly one: Database.Statement;

  private constructor(path: string) {
    this.database = new Database(path);
    for (const pragma of ['synchronous = FULL', 'journal_mode = WAL', 'cache_size = -16384']) {
      this.database.exec(`PRAGMA ${pragma}`);
    }
    this.many = this.database.prepare(insertOf(rowsPerStatement));
    this.one = this.database.prepare(insertOf(1));
  }

  static async open(path: string): Promise<BareInserts> {
    await (await SqliteJournal.open(path)).close();
    return new BareInserts(path);
  }

  /**
   * Commits one batch after another; returns rows per second. Making rows of the entries is not
   * timed.
   */
  rowsPerSecond(batches: readonly (readonly Entry[])[]): number {
    const prepared = batches.map(parameters);
    const start = process.hrtime.bigint();
    for (const { many, one } of prepared) {
      this.database.exec('BEGIN IMMEDIATE');
      for (const values of many) this.many.run(values);
      for (const values of one) this.one.run(values);
      this.database.exec('COMMIT');
    }
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    return batches.reduce((rows, batch) => rows + batch.length, 0) / seconds;
  }

  close(): void {
    this.database.close();
  }
}

/** The values of each statement of a commit. */
interface Parameters {
  readonly many: readonly (readonly unknown[])[];
  readonly one: readonly (readonly unknown[])[];
}

function parameters(entries: readonly Entry[]): Parameters {
  const wholeEnd = entries.length - (entries.length % rowsPerStatement);
  const many: unknown[][] = [];
  for (let start = 0; start < wholeEnd; start += rowsPerStatement) {
    many.push(entries.slice(start, start + rowsPerStatement).flatMap(rowOf));
  }
  return { many, one: entries.slice(wholeEnd).map(rowOf) };
}

function insertOf(rows: number): string {
  const row = `(${entryColumns.map(() => '?').join(', ')})`;
  const values = Array(rows).fill(row).join(', ');
  return `INSERT INTO entry (${entryColumns.join(', ')}) VALUES ${values}`;
}
