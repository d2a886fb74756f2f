import { chosenPayersMax } from '../../../src/ledger/payer-choice';
import { textProblem } from '../../../src/ledger/text';
import { formatPoints } from '../format/numbers';

/** Whose points a spend or a hold takes, as the API has it. */
export type PayerChoice = { readonly only: string[] } | { readonly except: string[] };

export type ChoiceMode = 'all' | 'only' | 'except';

/** What is chosen in the form. */
export interface ChosenPayers {
  readonly mode: ChoiceMode;
  readonly names: readonly string[];
}

export const allPayers: ChosenPayers = { mode: 'all', names: [] };

/** Returns the choice to send: null for all payers. Or a message about what is wrong with it. */
export function readChoice({ mode, names }: ChosenPayers): PayerChoice | null | string {
  if (mode === 'all') return null;
  const given = [...new Set(names.filter((name) => name !== ''))];
  const problem = countProblem(given.length) ?? nameProblem(names);
  if (problem !== null) return problem;
  return mode === 'only' ? { only: given } : { except: given };
}

/** Returns the chosen names that are none of the account's payers: probably misspelled. */
export function unknownPayers({ names }: ChosenPayers, payers: readonly string[]): string[] {
  const known = new Set(payers);
  return [...new Set(names)].filter((name) => name !== '' && !known.has(name));
}

function countProblem(count: number): string | null {
  if (count === 0) return 'Choose at least one payer.';
  if (count <= chosenPayersMax) return null;
  const [most, given] = [chosenPayersMax, count].map(formatPoints);
  return `Choose at most ${most} payers; these are ${given}.`;
}

/** Names are typed one a line. */
function nameProblem(names: readonly string[]): string | null {
  const problems = names.map((name) => (name === '' ? null : textProblem(name)));
  const at = problems.findIndex((problem) => problem !== null);
  return at < 0 ? null : `Line ${formatPoints(at + 1)}: the name ${problems[at]}.`;
}
