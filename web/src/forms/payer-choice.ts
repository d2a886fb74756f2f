/** Whose points a spend or a hold takes, as the API has it. */
export type PayerChoice = { readonly only: string[] } | { readonly except: string[] };

export type ChoiceMode = 'all' | 'only' | 'except';

/** What is chosen in the form. */
export interface ChosenPayers {
  readonly mode: ChoiceMode;
  readonly names: readonly string[];
}

export const allPayers: ChosenPayers = { mode: 'all', names: [] };

/** Returns the choice to send: null for all payers. Or a message if no payer is chosen. */
export function readChoice({ mode, names }: ChosenPayers): PayerChoice | null | string {
  const given = names.filter((name) => name !== '');
  if (mode === 'all') return null;
  if (given.length === 0) return 'Choose at least one payer.';
  return mode === 'only' ? { only: given } : { except: given };
}
