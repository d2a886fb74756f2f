import { type FieldNode, type GraphQLResolveInfo, valueFromASTUntyped } from 'graphql';
import type { PageArgs } from '../page/page-args';
import { forEachField } from '../selection';

/** The fields of accounts that a document selects: what must be copied from their state. */
export interface AccountSelection {
  /** True if the document selects an account. */
  readonly selected: boolean;
  /** True if it selects more than the id. */
  readonly beyondId: boolean;
  readonly balances: boolean;
  /** The pages of lots, by {@link pageKey}. */
  readonly lots: ReadonlyMap<string, PageArgs>;
}

/**
 * Collects the selections below a field. A document may select the account in several places and
 * under several aliases; the result is their union.
 *
 * @param routes the names of the fields that lead from the field of `info` to an account.
 */
export function accountSelection(
  info: GraphQLResolveInfo,
  ...routes: readonly (readonly string[])[]
): AccountSelection {
  const accounts = routes.flatMap((route) => follow(info, info.fieldNodes, route));
  const names = new Set<string>();
  const lots = new Map<string, PageArgs>();
  for (const account of accounts) {
    forEachField(info, account, (field) => {
      names.add(field.name.value);
      if (field.name.value === 'lots') {
        const args = lotsArguments(info, field);
        lots.set(pageKey(args), args);
      }
    });
  }
  return {
    selected: accounts.length > 0,
    beyondId: [...names].some((name) => name !== 'id' && name !== '__typename'),
    balances: names.has('balances'),
    lots,
  };
}

/** Returns the same key for fields with the same arguments, whatever their aliases. */
export function pageKey({ first, after, last, before }: PageArgs): string {
  return JSON.stringify([first ?? null, after ?? null, last ?? null, before ?? null]);
}

function follow(
  info: GraphQLResolveInfo,
  nodes: readonly FieldNode[],
  [name, ...rest]: readonly string[],
): readonly FieldNode[] {
  if (name === undefined) return nodes;
  const found: FieldNode[] = [];
  for (const node of nodes) {
    forEachField(info, node, (field) => {
      if (field.name.value === name) found.push(field);
    });
  }
  return follow(info, found, rest);
}

/**
 * Reads the arguments without the schema's types, which may belong to another copy of graphql-js. A
 * valid document has integers and strings here, and its variables are coerced.
 */
function lotsArguments({ variableValues }: GraphQLResolveInfo, field: FieldNode): PageArgs {
  const args = (field.arguments ?? []).map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value, variableValues),
  ]);
  return Object.fromEntries(args.filter(([, value]) => value !== undefined));
}
