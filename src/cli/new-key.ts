import { prefixProblem } from '../auth/binding';
import { type KeyRecord, principalOfKey } from '../auth/keys/key-record';
import { keyHashOf, keyIdOf, newKeyText } from '../auth/keys/key-text';
import { principalProblem } from '../auth/principal';
import { isScope, type Scope, scopes } from '../auth/scopes';
import { textProblem } from '../ledger/text';
import { CommandError } from './command-error';

/** What a new key is created with, as words of the command line. */
export interface NewKey {
  readonly name: string;
  readonly scope: string;
  readonly account?: string;
  readonly prefix?: string;
  readonly expires?: string;
}

/**
 * Returns a new key and its record.
 * @throws CommandError for an option that is wrong.
 */
export function makeKey(given: NewKey, now: number): { text: string; record: KeyRecord } {
  const { name, account = null, prefix = null } = given;
  check('--name', textProblem(name));
  if (account !== null) check('--account', textProblem(account));
  if (prefix !== null) check('--prefix', prefixProblem(prefix));
  const text = newKeyText();
  const record: KeyRecord = {
    id: keyIdOf(text)!,
    name,
    hash: keyHashOf(text),
    scopes: scopesOf(given.scope),
    account,
    prefix,
    createdAt: now,
    expiresAt: given.expires === undefined ? null : now + durationMsOf(given.expires),
    revokedAt: null,
  };
  const problem = principalProblem(principalOfKey(record));
  if (problem !== null) throw new CommandError(problem);
  return { text, record };
}

function check(option: string, problem: string | null): void {
  if (problem !== null) throw new CommandError(`${option} ${problem}.`);
}

function scopesOf(list: string): Scope[] {
  const words = list.split(',').map((word) => word.trim());
  const wrong = words.find((word) => !isScope(word));
  if (wrong === undefined) return scopes.filter((scope) => words.includes(scope));
  throw new CommandError(
    `--scope holds ${JSON.stringify(wrong)}; it must be one or several of ${scopes.join(',')}.`,
  );
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
const daysMax = 36_500;

function durationMsOf(text: string): number {
  const [, count = '0', unit = 'd'] = /^([1-9]\d{0,6})([hd])$/.exec(text) ?? [];
  const duration = Number(count) * unitMs[unit]!;
  if (duration > 0 && duration <= daysMax * unitMs.d!) return duration;
  throw new CommandError(
    `--expires is ${JSON.stringify(text)}; it must be a number of days or hours, such as 90d or 12h, ` +
      `and at most ${daysMax}d.`,
  );
}
