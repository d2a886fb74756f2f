import type { ImportFormat } from '../../src/import/file-format';
import { type ImportItem, type ImportStep, readImport } from '../../src/import/read-import';
import type { ReadingOptions } from '../../src/import/reading-options';
import { refusalLine, refusalsHeader } from '../../src/import/refusals-file';

/** Yields the bytes of a text in chunks of `size`. */
export async function* chunked(
  text: string | Uint8Array,
  size = 1_000_000,
): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Given {
  readonly name?: string;
  readonly size?: number;
  readonly reading?: ReadingOptions;
}

export async function stepsOf(
  text: string | Uint8Array,
  format: ImportFormat = 'csv',
  { name = 'test', size, reading }: Given = {},
): Promise<ImportStep[]> {
  const steps: ImportStep[] = [];
  const chunks = chunked(text, size);
  for await (const step of readImport(chunks, { format, name, reading })) steps.push(step);
  return steps;
}

/** Returns the file of the rows that are refused before anything is sent. */
export async function refusalsOf(...given: Parameters<typeof stepsOf>): Promise<string> {
  const steps = await stepsOf(...given);
  const { header } = steps.at(-1)!;
  const refused = steps.flatMap(({ items }) => items).filter((item) => item.kind === 'refused');
  return refusalsHeader(header) + refused.map((item) => refusalLine(item, header)).join('');
}

/** Returns all rows of a file, accepted and refused. */
export async function itemsOf(...given: Parameters<typeof stepsOf>): Promise<ImportItem[]> {
  return (await stepsOf(...given)).flatMap(({ items }) => items);
}

/** Returns each row's line with its input, or with why it is refused. */
export async function readingOf(...given: Parameters<typeof stepsOf>): Promise<unknown[]> {
  return (await itemsOf(...given)).map((item) =>
    item.kind === 'row' ? [item.line, item.input] : [item.line, ...reasonOf(item)],
  );
}

function reasonOf(item: Exclude<ImportItem, { kind: 'row' }>): string[] {
  return item.kind === 'refused' ? [item.code, item.reason] : [item.kind];
}

export async function keysOf(...given: Parameters<typeof stepsOf>): Promise<string[]> {
  const items = await itemsOf(...given);
  return items.flatMap((item) => (item.kind === 'row' ? item.input.idempotencyKey : []));
}
