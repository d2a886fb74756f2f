import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isExhaustive } from '../model/runs';

/** A story of an account: `expected[i]` is the result of `steps[i]`. */
export interface LoyaltyCase {
  readonly name: string;
  readonly why: string;
  readonly steps: readonly Step[];
  readonly expected: readonly object[];
}

export interface Step {
  readonly op:
    | 'add'
    | 'spend'
    | 'hold'
    | 'capture'
    | 'release'
    | 'reverseSpend'
    | 'reverseTransaction'
    | 'read';
  /** The instant that is passed in. */
  readonly at: string;
  readonly payer?: string;
  readonly points?: number;
  readonly timestamp?: string;
  readonly availableFrom?: string;
  readonly expiresAt?: string;
  readonly spentPart?: 'REFUSE' | 'DEBIT';
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly upTo?: boolean;
  readonly keepRest?: boolean;
  /** The name by which later steps refer to the entry in `of`. */
  readonly as?: string;
  readonly of?: string;
}

export const loyaltyCases = readCases('loyalty-cases.json');

/**
 * More stories of the same form: random lives with holds, returns to lots past their end, offsets
 * and milliseconds. Their answers are those of another naive model, in another language, which was
 * written from the sentences of the rule and shares no code with this repository.
 */
export const inventedCases = readCases('invented-cases.json');

function readCases(file: string): readonly LoyaltyCase[] {
  return JSON.parse(readFileSync(join(__dirname, file), 'utf8'));
}

/**
 * The stories for places where each takes long: all in `test:exhaustive`, and otherwise every fifth
 * and the first of each operation.
 */
export const slowStories = loyaltyCases.filter(({ steps }, at) => {
  const earlier = new Set(loyaltyCases.slice(0, at).flatMap((story) => story.steps.map(opOf)));
  const isNew = steps.some((step) => !earlier.has(opOf(step)));
  return isExhaustive || at % 5 === 0 || isNew;
});

function opOf({ op }: Step) {
  return op;
}
