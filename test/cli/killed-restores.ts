import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { seal } from '../../src/digest/entry-digest';
import { MemoryJournal } from '../../src/journal/memory/journal';
import { RestoreMark } from '../../src/journal/postgres/restore-mark';
import type { Entry } from '../../src/ledger/entry';
import { exportOf } from '../archive/archives';
import { lifeOf } from '../archive/lives';
import { type Ran, type Running, startPoints } from './points';

/** Far ahead, so that nothing is due for a server that opens a restored ledger. */
const start = Date.parse('2100-01-01T00:00:00Z');

/** Returns sealed histories of several sizes, with all kinds of entries, of so many accounts. */
export function histories(seed: number, accounts: number): Entry[][] {
  const lives = [5, 40, 150, 600].map((commands, at) => lifeOf(seed + at, commands, start));
  return Array.from({ length: accounts }, (_unused, at) => {
    const accountId = `member-${String(at).padStart(4, '0')}`;
    const own = lives[at % lives.length]!.map((entry) => ({ ...entry, accountId }));
    seal(own, null);
    return own;
  });
}

/** Returns the export of these histories. */
export async function exportOfAll(all: readonly (readonly Entry[])[]): Promise<string> {
  const journal = new MemoryJournal();
  const filled = all.filter(({ length }) => length > 0);
  await journal.append(
    filled.map((entries) => ({ accountId: entries[0]!.accountId, after: null, entries })),
  );
  return exportOf(journal);
}

/** Marks a ledger as one that a restore has not completed. */
export async function markIncomplete(url: string): Promise<void> {
  const mark = new RestoreMark(url);
  await mark.set();
  await mark.close();
}

/** A database that a test watches while restores fill it. */
export class WatchedDatabase {
  private constructor(
    private readonly client: Client,
    readonly url: string,
  ) {}

  static async open(url: string): Promise<WatchedDatabase> {
    const client = new Client({ connectionString: url });
    // It may end with its server.
    client.on('error', () => {});
    await client.connect();
    return new WatchedDatabase(client, url);
  }

  /** Returns the number of entries; 0 if there is no table yet. */
  async entries(): Promise<number> {
    const text = "SELECT to_regclass('entry') IS NULL AS missing";
    if ((await this.rows(text))[0]!.missing) return 0;
    return Number((await this.rows('SELECT count(*) AS count FROM entry'))[0]!.count);
  }

  async rows(text: string): Promise<Record<string, unknown>[]> {
    return (await this.client.query(text)).rows;
  }

  /** Resolves when a query returns a row, or when a command has ended. */
  async until(text: string, { process }: Running): Promise<void> {
    while (process.exitCode === null && (await this.rows(text)).length === 0) await pause(5);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/**
 * Runs a restore again and again. Each run is killed as soon as it has stored anything, after a
 * pause of its own, until one ends by itself. Returns what that one printed, and how many entries
 * were stored at each kill.
 */
export async function restoreWithKills(
  path: string,
  database: WatchedDatabase,
): Promise<{ ran: Ran; stored: number[] }> {
  const stored: number[] = [];
  for (;;) {
    const before = await database.entries();
    const running = startPoints(['restore', path, '--database', database.url]);
    let isEnded = false;
    const ended = running.ended.finally(() => {
      isEnded = true;
    });
    while (!isEnded && (await database.entries()) === before) await pause(2);
    await pause((stored.length * 7) % 25);
    running.process.kill('SIGKILL');
    const ran = await ended;
    if (ran.signal === null) return { ran, stored };
    stored.push(await database.entries());
  }
}
