import type { ApolloClient } from '@apollo/client';
import {
  ShowHistoryDocument,
  type ShowHistoryQuery,
  ShowHoldsDocument,
  type ShowHoldsQuery,
  ShowLotsDocument,
  type ShowLotsQuery,
} from '../generated/operations';
import { type Page, PagedList } from '../lists/paged-list';

type Shown<Query extends { account: unknown }> = NonNullable<Query['account']>;
export type Lot = Shown<ShowLotsQuery>['lots']['nodes'][number];
export type Hold = Shown<ShowHoldsQuery>['holds']['nodes'][number];
export type Entry = Shown<ShowHistoryQuery>['history']['nodes'][number];

const pageRows = 100;
/** Each hold has its buttons, so fewer are shown at first. */
const pageHolds = 20;

export function lotList(client: ApolloClient, id: string): PagedList<Lot> {
  return new PagedList({
    async loadPage(after) {
      const variables = { id, first: pageRows, after };
      const response = await client.query({
        query: ShowLotsDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      return toPage(response.data?.account?.lots);
    },
  });
}

export function holdList(client: ApolloClient, id: string): PagedList<Hold> {
  return new PagedList({
    async loadPage(after) {
      const variables = { id, first: pageHolds, after };
      const response = await client.query({
        query: ShowHoldsDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      return toPage(response.data?.account?.holds);
    },
  });
}

export function historyList(client: ApolloClient, id: string): PagedList<Entry> {
  return new PagedList({
    async loadPage(after) {
      const variables = { id, first: pageRows, after };
      const response = await client.query({
        query: ShowHistoryDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      return toPage(response.data?.account?.history);
    },
    join: joinHistory,
  });
}

interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** Returns an empty page for an account that does not exist yet. */
export function toPage<Row>(connection: Connection<Row> | undefined): Page<Row> {
  if (connection === undefined) return { rows: [], endCursor: null, hasNextPage: false };
  const { nodes, pageInfo } = connection;
  return { rows: nodes, endCursor: pageInfo.endCursor, hasNextPage: pageInfo.hasNextPage };
}

/**
 * Puts new entries before those shown. Entries are numbered without gaps and never change, so the
 * two lists join where the newest shown entry occurs in the new ones. Returns null if it does not
 * occur: there are too many new entries, or the store has another history.
 */
function joinHistory(fresh: readonly Entry[], shown: readonly Entry[]): readonly Entry[] | null {
  const [newest] = shown;
  const index = fresh.findIndex(({ id }) => id === newest?.id);
  return index === -1 ? null : [...fresh.slice(0, index), ...shown];
}
