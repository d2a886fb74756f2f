import { textProblem } from '../ledger/text';

/** The accounts that a principal is limited to. */
export type Binding =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** The characters that a prefix may end in, so that `a:1` never includes `a:12`. */
const separators = ':/._-';

/** True if the account is within the binding. Compares code units: case and form matter. */
export function includesAccount(binding: Binding, accountId: string): boolean {
  return binding.kind === 'account'
    ? binding.id === accountId
    : accountId.startsWith(binding.prefix);
}

/** Returns what is wrong with a prefix, as the rest of a sentence; null if it is right. */
export function prefixProblem(prefix: string): string | null {
  const problem = textProblem(prefix);
  if (problem !== null) return problem;
  return separators.includes(prefix.slice(-1))
    ? null
    : `ends in ${JSON.stringify(prefix.slice(-1))}; it must end in one of ${[...separators].join(' ')}, so that it is not the beginning of another's ids`;
}
