import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type * as graphql from 'graphql';
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from '../telemetry/logger';

/** What {@link openLedger} is called with. Settings have the same defaults as the server's. */
export interface LedgerOptions {
  /** `memory:`, `file:PATH` or `postgres://…`. */
  readonly database: string;
  /** The clock that sets `recordedAt`; by default the system's. It is used as it is. */
  readonly now?: () => Date;
  /** False hides the schema from clients. */
  readonly introspection?: boolean;
  /** False if every request must name its account. */
  readonly defaultAccount?: boolean;
  /**
   * False records what expired or began only with the next change of its account. Without effect if
   * `now` is given: what a clock of your own shows as expired would be expired for good.
   */
  readonly sweep?: boolean;
  /** Origins whose browsers may send requests to the servers of `listen`. */
  readonly corsOrigins?: readonly string[];
  /** Names of hosts under which clients reach the servers of `listen`. */
  readonly allowedHosts?: readonly string[];
  /**
   * Whether the servers of `listen` require a key or token; by default as the server does: not on
   * loopback, as long as there are neither keys nor tokens.
   */
  readonly auth?: 'on' | 'off';
  /** Where the public keys of the issuer of tokens are: an https address, or a file. */
  readonly jwksUrl?: string;
  readonly jwksFile?: string;
  /** What tokens must have as `iss` and in `aud`; required beside `jwksUrl` and `jwksFile`. */
  readonly issuer?: string;
  readonly audience?: string;
  /** The claim of tokens that names the account which they are limited to. */
  readonly accountClaim?: string;
  /** Receives the log; by default nothing is logged. */
  readonly logger?: Logger;
  /**
   * The copy of graphql-js for which `ledger.schema` is built, such as `import * as graphql from
   * 'graphql'`. It matters only in a process with several copies; by default it is the copy that an
   * import or require of `graphql` in the calling program loads.
   */
  readonly graphql?: GraphqlCopy;
}

export interface ListenOptions {
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
}

/** One GraphQL request, as in the body of a POST. */
export interface LedgerRequest<
  Data = Record<string, unknown>,
  Variables = Record<string, unknown>,
> {
  readonly query: string | DocumentNode | TypedDocumentNode<Data, Variables>;
  readonly variables?: Variables | null;
  readonly operationName?: string | null;
  /** For whom it is executed; without one, everything is allowed. */
  readonly principal?: LedgerPrincipal | null;
}

/** Who sends a request, and what it may do, as `docs/security.md` describes. */
export interface LedgerPrincipal {
  /** Entries show it as their actor; 1 to 255 UTF-16 code units without control characters. */
  readonly name: string;
  readonly scopes: readonly LedgerScope[];
  /** Limits it to one account, which excludes `points:write`. */
  readonly account?: string | null;
  /** Limits it to accounts whose id begins with this, which ends in one of `: / . _ -`. */
  readonly prefix?: string | null;
}

export type LedgerScope = 'points:read' | 'points:spend' | 'points:write' | 'points:admin';

/** One GraphQL response, as in the body over HTTP. */
export interface LedgerResponse<Data = Record<string, unknown>> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A server of a ledger. `close` stops this server, and not the ledger. */
export interface LedgerServer {
  /** The address of the console, with a slash at the end; GraphQL is at `${url}graphql`. */
  readonly url: string;
  close(): Promise<void>;
}

/** A ledger in this process. Its functions need no `this`. */
export interface Ledger {
  /**
   * The schema. It runs with graphql-js, with or without a context; then limits on documents and
   * the masking of faults are up to the caller.
   */
  readonly schema: GraphQLSchema;
  /**
   * Executes a query or a mutation as the HTTP server does, with validation, limits and masking.
   * Refusals and errors are in the response; rejects only if the ledger is closed.
   */
  execute<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    request: LedgerRequest<Data, Variables>,
  ): Promise<LedgerResponse<Data>>;
  /** Starts the server that `points serve` runs, for this ledger. */
  listen(options?: ListenOptions): Promise<LedgerServer>;
  /** Empties a ledger on `memory:`; rejects on any other database. Subscriptions end. */
  reset(): Promise<void>;
  /** Finishes the requests in flight, stops all servers, and closes the database. */
  close(): Promise<void>;
}

/** The constructors of a copy of graphql-js: the module itself. */
export type GraphqlCopy = Pick<
  typeof graphql,
  | 'GraphQLEnumType'
  | 'GraphQLInputObjectType'
  | 'GraphQLInterfaceType'
  | 'GraphQLList'
  | 'GraphQLNonNull'
  | 'GraphQLObjectType'
  | 'GraphQLScalarType'
  | 'GraphQLSchema'
  | 'specifiedScalarTypes'
>;
