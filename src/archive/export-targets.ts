import { parseJsonObject } from '../import/json-object';
import { NdjsonRecords } from '../import/ndjson-records';
import { Utf8Reader } from '../import/utf8-reader';
import { exportMark } from './export-format';

/** Characters. A spend over a million lots takes a third of it. */
export const lineLengthMax = 2 ** 28;

/** The sequences of the entries that the reversals of an export name, by account. */
export type ExportTargets = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Finds what the reversals of an export name, so that no other entry has to be kept while it is
 * replayed. Lines that cannot be read are skipped, and a file that is no export is not read on:
 * whoever reads it then says what is wrong.
 */
export async function targetsOfExport(chunks: AsyncIterable<Uint8Array>): Promise<ExportTargets> {
  const text = new Utf8Reader();
  const lines = new NdjsonRecords(lineLengthMax);
  const targets = new Map<string, Set<number>>();
  for await (const chunk of chunks) {
    for (const { line, cells } of lines.push(text.push(chunk))) {
      if (line === 1 && !cells[0].includes(exportMark.format)) return targets;
      addTarget(targets, cells[0]);
    }
  }
  for (const { cells } of [...lines.push(text.end()), ...lines.end()]) addTarget(targets, cells[0]);
  return targets;
}

function addTarget(targets: Map<string, Set<number>>, line: string): void {
  if (!line.includes('"target"')) return;
  const values = parseJsonObject(line);
  if (typeof values === 'string') return;
  const { accountId, target } = values;
  if (typeof accountId !== 'string' || !Number.isSafeInteger(target)) return;
  const known = targets.get(accountId) ?? new Set();
  targets.set(accountId, known.add(target as number));
}
