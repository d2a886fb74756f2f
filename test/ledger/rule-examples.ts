import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AddTransaction, Command, SpentPart } from '../../src/ledger/command';
import type { PayerChoice } from '../../src/ledger/payer-choice';
import { add, debit } from './commands';
import { hold, spendOf } from './life-commands';

/**
 * A command, a read of the account, the time that has come, or what happens to an earlier entry.
 */
export type Happening =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'read'; readonly what: Reading }
  | { readonly kind: 'time'; readonly now: number }
  | Reversal
  | HoldChange;

const readings = ['balances', 'left to spend', 'pending', 'held'] as const;

export type Reading = (typeof readings)[number];

/** A capture or a release of the hold of so many points. */
export interface HoldChange {
  readonly kind: 'capture' | 'release';
  readonly points: number;
  /** Null for everything. */
  readonly requested: number | null;
  readonly keepRest: boolean;
}

/** Names the entry by what it is, since an example has no ids. */
export interface Reversal {
  readonly kind: 'reversal';
  readonly of: 'spend' | 'grant' | 'debit';
  /** Of the entry, without a sign. */
  readonly points: number;
  /** Of a grant or a debit; null of a spend. */
  readonly payer: string | null;
  /** Null for everything. */
  readonly requested: number | null;
  readonly spentPart: SpentPart;
}

/** One row of an example: what happens, and the result. */
interface ExampleRow {
  readonly happens: Happening;
  readonly result: string;
  readonly text: string;
}

interface Example {
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

function happeningOf(text: string): Happening {
  const what = readings.find((reading) => reading === text);
  if (what !== undefined) return { kind: 'read', what };
  const time = /^it is (.+)$/.exec(text);
  if (time !== null) return { kind: 'time', now: instantOf(time[1]!) };
  return reversalOf(text) ?? holdChangeOf(text) ?? { kind: 'command', command: commandOf(text) };
}

const reversal =
  /^(?:(\d+) of )?(?:the spend|(.+)'s (grant|debit)) of (\d+) (?:is|are) (?:reversed|lifted)(, the spent part as a debit)?$/;

function reversalOf(text: string): Reversal | null {
  const found = reversal.exec(text);
  if (found === null) return null;
  const [, requested, payer, of, points, asDebit] = found;
  return {
    kind: 'reversal',
    of: (of ?? 'spend') as Reversal['of'],
    points: Number(points),
    payer: payer ?? null,
    requested: requested === undefined ? null : Number(requested),
    spentPart: asDebit === undefined ? 'REFUSE' : 'DEBIT',
  };
}

const holdChange =
  /^(?:(\d+) of )?the hold of (\d+) (?:is|are) (captured|released)(, and the rest stays held)?$/;

function holdChangeOf(text: string): HoldChange | null {
  const found = holdChange.exec(text);
  if (found === null) return null;
  const [, requested, points, kind, rest] = found;
  return {
    kind: kind === 'captured' ? 'capture' : 'release',
    points: Number(points),
    requested: requested === undefined ? null : Number(requested),
    keepRest: rest !== undefined,
  };
}

const taking =
  /^the member (spends|holds) (\d+)(?: until ([^,]+))?(?:, of (.+) only)?(?:, of all but (.+?))?(, or as many as there are)?$/;

function takingOf(text: string): Command | null {
  const found = taking.exec(text);
  if (found === null) return null;
  const [, verb, points, end, only, except, upTo] = found;
  const choices = { ...payersOf(only, except), ...(upTo === undefined ? {} : { upTo: true }) };
  if (verb === 'spends') return spendOf(Number(points), choices);
  return hold(Number(points), instantOf(end!), choices);
}

function payersOf(only?: string, except?: string): { readonly payers?: PayerChoice } {
  const namesIn = (list: string) => list.split(' and ');
  if (only !== undefined) return { payers: { only: namesIn(only) } };
  return except === undefined ? {} : { payers: { except: namesIn(except) } };
}

const grant =
  /^(.+?) (grants|takes back) (\d+), (?:earned|dated) ([^,]+)(?:, begins ([^,]+))?(?:, expires ([^,]+))?(?:, key (.+))?$/;

function commandOf(text: string): Command {
  const taken = takingOf(text);
  if (taken !== null) return taken;
  const granted = grant.exec(text);
  if (granted === null) throw new Error(`not a known event: ${text}`);
  const [, payer, verb, points, instant, begins, expires, key] = granted;
  const make = verb === 'grants' ? add : debit;
  const extras = { idempotencyKey: key ?? null };
  const command = make(nameOf(payer!), Number(points), instantOf(instant!), extras);
  return { ...command, ...dateOf('availableFrom', begins), ...dateOf('expiresAt', expires) };
}

function dateOf(name: 'availableFrom' | 'expiresAt', text?: string): Partial<AddTransaction> {
  return text === undefined ? {} : { [name]: instantOf(text) };
}

/** Parses a name as the document writes it: `<U+200B>` is the character of that code point. */
function nameOf(text: string): string {
  return text
    .replaceAll('`', '')
    .replace(/<U\+([\dA-F]+)>/g, (_whole, code) => String.fromCodePoint(Number.parseInt(code, 16)));
}
