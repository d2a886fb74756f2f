import type { ApolloClient } from '@apollo/client';
import {
  ShowHistoryDocument,
  type ShowHistoryQuery,
  ShowLotsDocument,
  type ShowLotsQuery,
} from '../generated/operations';
import { type Page, PagedList } from '../lists/paged-list';

type Shown<Query extends { account: unknown }> = NonNullable<Query['account']>;
export type Lot = Shown<ShowLotsQuery>['lots']['nodes'][number];
export type Entry = Shown<ShowHistoryQuery>['history']['nodes'][number];

const pageRows = 100;

export function lotsOf(client: ApolloClient, id: string): PagedList<Lot> {
  return new PagedList({
    async loadPage(after) {
      const variables = { id, first: pageRows, after };
      const answer = await client.query({
        query: ShowLotsDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      return toPage(answer.data?.account?.lots);
    },
  });
}

export function historyOf(client: ApolloClient, id: string): PagedList<Entry> {
  return new PagedList({
    async loadPage(after) {
      const variables = { id, first: pageRows, after };
      const answer = await client.query({
        query: ShowHistoryDocument,
        variables,
        fetchPolicy: 'no-cache',
      });
      return toPage(answer.data?.account?.history);
    },
    join: joinHistory,
  });
}

interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** An account that is not there yet has nothing. */
function toPage<Row>(connection: Connection<Row> | undefined): Page<Row> {
  if (connection === undefined) return { rows: [], endCursor: null, hasNextPage: false };
  const { nodes, pageInfo } = connection;
  return { rows: nodes, endCursor: pageInfo.endCursor, hasNextPage: pageInfo.hasNextPage };
}

/**
 * Entries are numbered without a gap and never change: the newest are put before those that are
 * shown if the newest of these is among them. Otherwise too many have come, or the store has
 * another history.
 */
export function joinHistory(
  fresh: readonly Entry[],
  shown: readonly Entry[],
): readonly Entry[] | null {
  const [newest] = shown;
  const place = fresh.findIndex(({ id }) => id === newest?.id);
  return place === -1 ? null : [...fresh.slice(0, place), ...shown];
}
