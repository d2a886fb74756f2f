import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SqliteJournal } from '../../../src/journal/sqlite/journal';
import {
  isRestartOf,
  lastCommitFrame,
  parseWalHeader,
  walHeaderBytes,
} from '../../../src/journal/sqlite/wal-frames';
import { beginning, following, run } from '../entries';
import { useFolder } from './fixture';
import { layoutOf } from './write-ahead-log';

const folder = useFolder();
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** A WAL with six commits after the one that starts it. */
async function writtenWal(): Promise<Buffer> {
  const path = join(folder(), 'ledger.db');
  const journal = await SqliteJournal.open(path);
  let last = run('a', 1, 30);
  await journal.append([beginning(...last)]);
  for (let commit = 0; commit < 5; commit += 1) {
    const from = last.at(-1)!;
    last = run('a', from.sequence + 1, from.sequence + 40);
    await journal.append([following(from, ...last)]);
  }
  const wal = readFileSync(`${path}-wal`);
  await journal.close();
  return wal;
}

/** Returns the end of the last commit found in a file of these bytes, null if there is none. */
function lastCommitEnd(wal: Buffer): number | null {
  const path = join(folder(), 'wal');
  writeFileSync(path, wal);
  const descriptor = openSync(path, 'r');
  try {
    const header = parseWalHeader(wal.subarray(0, walHeaderBytes))!;
    const last = lastCommitFrame(descriptor, header, null);
    return last === null ? null : last.offset + header.frameBytes;
  } finally {
    closeSync(descriptor);
  }
}

test(`the last commit found is the last one before a truncation or a changed byte, SEED=${seed}`, async () => {
  const wal = await writtenWal();
  const { frameEnds, commitEnds } = layoutOf(wal);
  expect(commitEnds).toHaveLength(7);
  expect(lastCommitEnd(wal)).toBe(commitEnds[6]);
  const offsets = fc.nat({ max: wal.length - walHeaderBytes - 1 });
  for (const sampled of fc.sample(offsets, { numRuns: 60, seed })) {
    const offset = walHeaderBytes + sampled;
    const intact = frameEnds.filter((frameEnd) => frameEnd <= offset).at(-1) ?? 0;
    const expected = commitEnds.filter((commitEnd) => commitEnd <= intact).at(-1) ?? null;
    expect({ cut: offset, end: lastCommitEnd(wal.subarray(0, offset)) }).toEqual({
      cut: offset,
      end: expected,
    });
    const changed = Buffer.from(wal);
    changed[offset] ^= 0x41;
    expect({ changed: offset, end: lastCommitEnd(changed) }).toEqual({
      changed: offset,
      end: expected,
    });
  }
});

test('a header with any changed byte is not valid', async () => {
  const header = (await writtenWal()).subarray(0, walHeaderBytes);
  expect(parseWalHeader(header)?.bytes.equals(header)).toBe(true);
  for (let offset = 0; offset < walHeaderBytes; offset += 1) {
    const changed = Buffer.from(header);
    changed[offset] ^= 0x41;
    expect({ offset, parsed: parseWalHeader(changed) }).toEqual({ offset, parsed: null });
  }
  expect(parseWalHeader(header.subarray(0, 31))).toBeNull();
  expect(parseWalHeader(Buffer.alloc(walHeaderBytes))).toBeNull();
});

test('checksums in the other byte order are verified too', () => {
  // The header of the WAL of an empty database of pages of 512 bytes, as a big-endian machine
  // writes it.
  const header = Buffer.alloc(walHeaderBytes);
  [0x377f0683, 3_007_000, 512, 0, 7, 9].forEach((word, at) => {
    header.writeUInt32BE(word, at * 4);
  });
  let [first, second] = [0, 0];
  for (let at = 0; at < 24; at += 8) {
    first = (first + header.readUInt32BE(at) + second) >>> 0;
    second = (second + header.readUInt32BE(at + 4) + first) >>> 0;
  }
  header.writeUInt32BE(first, 24);
  header.writeUInt32BE(second, 28);
  expect(parseWalHeader(header)?.frameBytes).toBe(536);
});

test('a header restarts another one if its first salt is the next', async () => {
  const path = join(folder(), 'ledger.db');
  const journal = await SqliteJournal.open(path);
  const headerNow = () => parseWalHeader(readFileSync(`${path}-wal`).subarray(0, 32))!;
  const [first, second] = run('a', 1, 2);
  await journal.append([beginning(first)]);
  const former = headerNow();
  journal.pragma('wal_checkpoint(PASSIVE)');
  await journal.append([following(first, second)]);
  expect(isRestartOf(headerNow(), former)).toBe(true);
  expect(isRestartOf(former, headerNow())).toBe(false);
  expect(isRestartOf(former, former)).toBe(false);
  await journal.close();
});
