import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import { startChild } from '../child-process';
import { beginning, transaction } from '../entries';
import { useFolder } from './fixture';

const folder = useFolder();

/** Opens as an unprivileged user, since permissions do not restrict root. */
async function openedByNobody(path: string): Promise<string> {
  const child = startChild(
    `if (process.getuid() === 0) {
      process.setgroups([]);
      process.setgid(65534);
      process.setuid(65534);
    }
    say(await outcome(SqliteJournal.open(path)));`,
    path,
  );
  return child.line();
}

test('a folder without write permission is an error', async () => {
  const data = join(folder(), 'data');
  mkdirSync(data);
  chmodSync(folder(), 0o755);
  chmodSync(data, 0o555);
  const path = join(data, 'ledger.db');
  expect(await openedByNobody(path)).toMatch(/^OperatorError: The folder .*EACCES.* make and/);
  const beneath = join(data, 'deeper', 'ledger.db');
  expect(await openedByNobody(beneath)).toMatch(/^OperatorError: The folder .*EACCES/);
  expect(readdirSync(data)).toEqual([]);
  chmodSync(data, 0o755);
});

test('a ledger without write permission is an error, and not changed', async () => {
  const path = join(folder(), 'ledger.db');
  await (await SqliteJournal.open(path)).close();
  const before = readFileSync(path);
  chmodSync(folder(), 0o777);
  chmodSync(path, 0o444);
  const message = await openedByNobody(path);
  expect(message).toMatch(/^OperatorError: .*ledger\.db.* cannot be .*/);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a lock without write permission is an error: SQLite would begin without any lock', async () => {
  const path = join(folder(), 'ledger.db');
  await (await SqliteJournal.open(path)).close();
  for (const name of readdirSync(folder())) chmodSync(join(folder(), name), 0o666);
  chmodSync(folder(), 0o777);
  chmodSync(`${path}.lock`, 0o444);
  expect(await openedByNobody(path)).toMatch(
    /^OperatorError: The lock .* permission denied \(EACCES\)/,
  );
});

test('while its folder is closed to it, a running server is unavailable, and recovers', async () => {
  const data = join(folder(), 'data');
  mkdirSync(data);
  chmodSync(folder(), 0o755);
  chmodSync(data, 0o777);
  const child = startChild(
    `if (process.getuid() === 0) {
      process.setgroups([]);
      process.setgid(65534);
      process.setuid(65534);
    }
    const journal = await SqliteJournal.open(path);
    say('open');
    while (await nextLine()) say(await outcome(journal.check()));`,
    join(data, 'ledger.db'),
  );
  expect(await child.line()).toBe('open');
  chmodSync(data, 0);
  child.tell('check');
  expect(await child.line()).toMatch(
    /^JournalUnavailable: The files .* cannot be checked: .*\(EACCES\)/,
  );
  chmodSync(data, 0o777);
  child.tell('check');
  expect(await child.line()).toBe('undefined');
});

test.each([
  ['a file is in place of the folder', 'ENOTDIR', (path: string) => writeFileSync(path, '')],
  [
    'a link to itself is in place of the folder',
    'ELOOP',
    (path: string) => symlinkSync(path, path),
  ],
])(
  'while %s, a running server is unavailable with %s, and recovers',
  async (_how, code, replace) => {
    const [data, aside] = [join(folder(), 'data'), join(folder(), 'aside')];
    const journal = await SqliteJournal.open(join(data, 'ledger.db'));
    await journal.append([beginning(transaction('a', 1))]);
    renameSync(data, aside);
    replace(data);
    const attempts = [
      journal.append([beginning(transaction('b', 1))]),
      journal.catchUp([{ accountId: 'a', known: null, keys: [] }], 10),
      journal.check(),
      journal.tryWrite(),
    ];
    for (const result of await Promise.allSettled(attempts)) {
      const reason = expect.objectContaining({
        name: 'JournalUnavailable',
        message: expect.stringContaining(code),
      });
      expect(result).toEqual({ status: 'rejected', reason });
    }
    rmSync(data);
    renameSync(aside, data);
    await journal.check();
    expect(await journal.append([beginning(transaction('b', 1))])).toEqual(['appended']);
    await journal.close();
  },
);

test('a name that is too long is an error of one line', async () => {
  const path = join(folder(), 'x'.repeat(300));
  await expect(SqliteJournal.open(path)).rejects.toThrow(
    /cannot be opened: name too long \(ENAMETOOLONG\)/,
  );
});
