import { type FieldNode, valueFromASTUntyped } from 'graphql';
import { parseInstant } from '../../ledger/instant';
import type { PageArgs } from '../page/page-args';
import { forEachField, type Selected, type Selecting } from '../selection';
import type { ExpiriesArgs } from './expiries-args';

/** The fields of accounts that a document selects: what must be copied from their state. */
export interface AccountSelection {
  /** True if the document selects an account. */
  readonly selected: boolean;
  /** True if it selects more than the id. */
  readonly beyondId: boolean;
  readonly balances: boolean;
  /** The pages of lots, by {@link pageKey}. */
  readonly lots: ReadonlyMap<string, PageArgs>;
  readonly pendingLots: ReadonlyMap<string, PageArgs>;
  readonly holds: ReadonlyMap<string, PageArgs>;
  /** By {@link expiriesKey}. */
  readonly expiries: ReadonlyMap<string, ExpiriesArgs>;
}

/** Selections that do not depend on variables, by the field: documents are executed repeatedly. */
const fixed = new WeakMap<FieldNode, AccountSelection>();

/**
 * Collects the selections below a field. A document may select the account in several places and
 * under several aliases; the result is their union.
 *
 * @param routes the names of the fields that lead from the field of `info` to an account. A field
 *   always has the same.
 */
export function accountSelection(
  info: Selected,
  ...routes: readonly (readonly string[])[]
): AccountSelection {
  const { fieldNodes, fragments } = info;
  const only = fieldNodes.length === 1 ? fieldNodes[0] : null;
  const known = only === null ? undefined : fixed.get(only);
  if (known !== undefined) return known;
  let isFixed = true;
  const selecting = {
    fieldNodes,
    fragments,
    get variableValues() {
      isFixed = false;
      return info.variableValues;
    },
  };
  const selection = collect(selecting, routes);
  if (isFixed && only !== null) fixed.set(only, selection);
  return selection;
}

function collect(info: Selected, routes: readonly (readonly string[])[]): AccountSelection {
  const accounts = routes.flatMap((route) => follow(info, info.fieldNodes, route));
  const pages: SelectedPages = {};
  let beyondId = false;
  let balances = false;
  for (const account of accounts) {
    forEachField(info, account, (field) => {
      const name = field.name.value;
      beyondId ||= name !== 'id' && name !== '__typename';
      balances ||= name === 'balances';
      if (name === 'expiries') {
        const args = expiriesArguments(info, field);
        pages.expiries ??= new Map();
        pages.expiries.set(expiriesKey(args), args);
      } else if (name === 'lots' || name === 'pendingLots' || name === 'holds') {
        const args = argumentsOf(info, field);
        pages[name] ??= new Map();
        pages[name].set(pageKey(args), args);
      }
    });
  }
  const { lots = noPages, pendingLots = noPages, holds = noPages, expiries = noPages } = pages;
  return {
    selected: accounts.length > 0,
    beyondId,
    balances,
    lots,
    pendingLots,
    holds,
    expiries,
  };
}

interface SelectedPages {
  lots?: Map<string, PageArgs>;
  pendingLots?: Map<string, PageArgs>;
  holds?: Map<string, PageArgs>;
  expiries?: Map<string, ExpiriesArgs>;
}

/** Most documents select no pages, and a map each would cost more than the rest. */
export const noPages: ReadonlyMap<string, never> = new Map<string, never>();

/** Returns the same key for fields with the same arguments, whatever their aliases. */
export function pageKey({ first, after, last, before }: PageArgs): string {
  return JSON.stringify([first ?? null, after ?? null, last ?? null, before ?? null]);
}

/** Returns the same key for the same arguments of expiries. */
export function expiriesKey({ until, ...page }: ExpiriesArgs): string {
  return `${until ?? null} ${pageKey(page)}`;
}

function follow(
  info: Selecting,
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
 * Returns the arguments of `expiries`. A literal of the document is text, and a variable is
 * coerced.
 */
function expiriesArguments(info: Selecting, field: FieldNode): ExpiriesArgs {
  const args: ExpiriesArgs & { readonly until?: unknown } = argumentsOf(info, field);
  const { until } = args;
  return typeof until === 'string' ? { ...args, until: parseInstant(until) as number } : args;
}

/**
 * Reads the arguments without the schema's types, which may belong to another copy of graphql-js. A
 * valid document has integers and strings here, and its variables are coerced.
 */
function argumentsOf(info: Selecting, field: FieldNode): object {
  const args = (field.arguments ?? []).map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value, info.variableValues),
  ]);
  return Object.fromEntries(args.filter(([, value]) => value !== undefined));
}
