import type { RestoredJournal } from '../archive/restore-entries';
import { retryStore, StoreInUse } from '../archive/retry-store';
import { OtherEntries, type StoredPart } from '../archive/stored-part';
import type { Journal } from '../journal/journal';
import { completing, emptying } from '../journal/postgres/restore-advice';
import type { RestoreMark } from '../journal/postgres/restore-mark';
import { OperatorError } from '../operator-error';
import type { DurableStore } from './store';

/** The passes of a restore over its export. */
interface Passes {
  /** Compares what a store holds with the export. Rejects with `OtherEntries`. */
  compare(journal: Journal): Promise<StoredPart>;
  /** Called before anything is changed. */
  begin(): void;
  /** @param leading how many of the first entries are stored. */
  fill(journal: RestoredJournal, leading: number): Promise<void>;
}

/**
 * Fills an empty store, or one on PostgreSQL that holds a part of the same export. Rejects and
 * changes nothing if it holds anything else. Returns how many entries it held.
 * @param entries how many entries the export has.
 */
export async function fillStore(
  store: DurableStore,
  entries: number,
  passes: Passes,
): Promise<number> {
  if (store.kind === 'postgres') return fillPostgres(store.url, entries, passes);
  const { restoreSqlite } = await import('../journal/sqlite/restore.js');
  await restoreSqlite(store.path, (journal) => {
    passes.begin();
    return passes.fill(journal, 0);
  });
  return 0;
}

/** Says what a restore leaves if it ends while it fills a store, and how to go on. */
export function leftOfRestore(store: DurableStore): string {
  if (store.kind === 'postgres') {
    return `The database may hold part of the export. ${completing} ${emptying}`;
  }
  return `${store.path} is unchanged: restore again, which removes ${store.path}.restoring.`;
}

async function fillPostgres(url: string, entries: number, passes: Passes): Promise<number> {
  const { PostgresJournal } = await import('../journal/postgres/journal.js');
  const { RestoreMark } = await import('../journal/postgres/restore-mark.js');
  const journal = await PostgresJournal.open(url, { isRestore: true });
  const mark = new RestoreMark(url);
  try {
    const isMarked = await mark.isSet();
    const part = await partOf(journal, passes, isMarked);
    if (part.entries === entries && !isMarked) return entries;
    passes.begin();
    await saysHowToGoOn(async () => {
      await retryStore(() => mark.set());
      await passes.fill(whileOwn(mark, journal), part.leading);
      await retryStore(() => mark.remove());
    });
    return part.entries;
  } finally {
    await Promise.all([mark.close(), journal.close()]);
  }
}

async function partOf(
  journal: Journal,
  { compare }: Passes,
  isMarked: boolean,
): Promise<StoredPart> {
  const accounts = { after: null, before: null, order: 'ascending', limit: 1 } as const;
  if ((await journal.accounts(accounts)).length === 0) return { entries: 0, leading: 0 };
  try {
    return await compare(journal);
  } catch (error) {
    if (!(error instanceof OtherEntries)) throw error;
    const advice = isMarked
      ? `Another restore into it is incomplete. To restore this export, name an empty database. ${emptying}`
      : 'Name an empty database.';
    throw new OperatorError(
      'store',
      `The database holds entries that are not those of the export: ${error.message}. Nothing was changed. ${advice}`,
    );
  }
}

/**
 * Refuses to append once another restore has begun, or the tables were emptied for one: batches
 * that begin with an account would be accepted.
 */
function whileOwn(mark: RestoreMark, journal: Journal): RestoredJournal {
  return {
    async append(appends) {
      if (await mark.isOwn()) return journal.append(appends);
      throw new StoreInUse('Another restore has begun, or the database was emptied.');
    },
    confirm: (entries) => journal.confirm(entries),
  };
}

/** Fills PostgreSQL batch by batch: after a failure, the message says how to complete it. */
async function saysHowToGoOn(fill: () => Promise<void>): Promise<void> {
  try {
    await fill();
  } catch (error) {
    // Those of Node, as of an interruption, end without a full stop.
    const message = (error as Error).message.replace(/[^.]$/, '$&.');
    throw new OperatorError(
      'store',
      `The restore failed after it had begun: ${message} ${completing} ${emptying}`,
      { cause: error },
    );
  }
}
