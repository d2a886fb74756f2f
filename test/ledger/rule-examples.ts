import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '../../src/ledger/command';
import { add, debit, spend } from './commands';

/** One row of an example: a command, or a read of the account, and the result. */
export interface ExampleRow {
  readonly happens: Command | 'balances' | 'left to spend';
  readonly result: string;
  readonly text: string;
}

export interface Example {
  readonly heading: string;
  readonly rows: ExampleRow[];
}

const file = resolve(__dirname, '../../docs/rule.md');

/** Returns all tables of docs/rule.md, by the headings above them. */
export function ruleExamples(): Example[] {
  const examples: Example[] = [];
  let heading = '';
  let isInTable = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('## ')) heading = line.slice(3);
    const isRow = line.startsWith('|');
    if (isRow && !isInTable) examples.push({ heading, rows: [] });
    else if (isRow && !/^[|\s-]+$/.test(line)) examples.at(-1)!.rows.push(rowOf(line));
    isInTable = isRow;
  }
  return examples;
}

/**
 * Parses an instant as the document writes it: `10 May`, `31 October 15:00`, in UTC and in one
 * year.
 * @throws if it is no instant.
 */
export function instantOf(text: string): number {
  const instant = Date.parse(`${text}${text.includes(':') ? '' : ' 00:00'} 2020 UTC`);
  if (Number.isNaN(instant)) throw new Error(`${text} is not an instant`);
  return instant;
}

function rowOf(line: string): ExampleRow {
  const cells = line.split('|').map((cell) => cell.trim());
  if (cells.length !== 4) throw new Error(`expected two cells: ${line}`);
  const [, happens, result] = cells as [string, string, string];
  return { happens: happeningOf(happens), result: result.replaceAll('`', ''), text: happens };
}

const grant = /^(.+?) (grants|takes back) (\d+), (?:earned|dated) ([^,]+)(?:, key (.+))?$/;

function happeningOf(text: string): ExampleRow['happens'] {
  if (text === 'balances' || text === 'left to spend') return text;
  const spent = /^the member spends (\d+)$/.exec(text);
  if (spent !== null) return spend(Number(spent[1]));
  const granted = grant.exec(text);
  if (granted === null) throw new Error(`not a known event: ${text}`);
  const [, payer, verb, points, instant, key] = granted as unknown as readonly string[];
  const make = verb === 'grants' ? add : debit;
  const extras = { idempotencyKey: key ?? null };
  return make(nameOf(payer!), Number(points), instantOf(instant!), extras);
}

/** Parses a name as the document writes it: `<U+200B>` is the character of that code point. */
function nameOf(text: string): string {
  return text
    .replaceAll('`', '')
    .replace(/<U\+([\dA-F]+)>/g, (_whole, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}
