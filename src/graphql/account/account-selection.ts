import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
} from 'graphql';
import type { PageArgs } from '../page/page-args';
import { forEachField } from '../selection';

/**
 * What a document asks of the accounts in an answer: what must be copied while their state stands
 * still.
 */
export interface AccountSelection {
  /** Whether an account is asked for at all. */
  readonly selected: boolean;
  /** Whether more than its id is. */
  readonly beyondId: boolean;
  readonly balances: boolean;
  /** The pages of lots, by {@link pageKey}. */
  readonly lots: ReadonlyMap<string, PageArgs>;
}

/**
 * Looks ahead into what stands below a field. A document may ask for the account in several places
 * and under several names; what any of them asks for is copied.
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

/** Two fields that ask for the same page get the same one, whatever their names. */
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

function lotsArguments(info: GraphQLResolveInfo, field: FieldNode): PageArgs {
  const account = info.schema.getType('Account') as GraphQLObjectType;
  const lots = account.getFields().lots;
  return lots === undefined ? {} : getArgumentValues(lots, field, info.variableValues);
}
