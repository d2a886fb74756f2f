import { Extensions } from 'type-graphql';
import type { Scope } from '../../auth/scopes';
import type { Selected } from '../selection';

/** Who may use a root field. */
export interface RootRule {
  readonly kind: 'root';
  /** All of them are needed. */
  readonly scopes: readonly Scope[];
  /** Further scopes, which depend on what is selected. */
  readonly scopesOf?: (info: Selected) => readonly Scope[];
  /**
   * Returns the accounts that the arguments name, as graphql-js coerced them; null for an id or a
   * cursor that names none. Each has to be within the binding of a principal.
   */
  readonly accounts: (args: never) => Iterable<string | null>;
  /** True if the list of accounts is limited to a prefix, and impossible for a single account. */
  readonly lists?: true;
}

/** Why a field that leads to an account needs no further check. */
interface EdgeRule {
  readonly kind: 'edge';
  /** The root field has checked that the account is within the binding. */
  readonly because: 'of the account that the root field names' | 'of a list within the binding';
}

type AccessRule = RootRule | EdgeRule;

/** Returns the rule of a root field that names its accounts in its arguments. */
export function rule<Args>(
  scope: Scope,
  accounts: (args: Args) => Iterable<string | null>,
): RootRule {
  return { kind: 'root', scopes: [scope], accounts };
}

/** The rule of fields of payloads and changes: a write may return the account that it changed. */
export const ofNamedAccount: EdgeRule = {
  kind: 'edge',
  because: 'of the account that the root field names',
};

/** The rule of the nodes of a list of accounts. */
export const ofListedAccounts: EdgeRule = { kind: 'edge', because: 'of a list within the binding' };

/**
 * Declares who may use a field. A root field without a rule is for nobody who has to authenticate.
 */
export function Access(accessRule: AccessRule): PropertyDecorator & MethodDecorator {
  return Extensions({ access: accessRule });
}

/** Returns the rule that a field of the schema declares. */
export function ruleOf({ extensions }: { readonly extensions: object }): AccessRule | null {
  return (extensions as { readonly access?: AccessRule }).access ?? null;
}
