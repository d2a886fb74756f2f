import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
// The whole package takes four times as long to load.
import { print } from 'graphql/language/printer.js';
import { bucketHeaders } from '../client/operation-bucket';
import { isOneOf, retryableCodes } from '../error-codes';
import { reasonOf as reasonOfAny } from '../error-message';
import { parseJsonObject } from '../import/json-object';
import { ServerAway } from '../import/send-rows';
import { CommandError, exitCodes } from './command-error';

const timeoutMs = 60_000;

/** A masked fault may be one of the store, so a batch job retries it too. */
const transientCodes = [...retryableCodes, 'INTERNAL_SERVER_ERROR'] as const;
const authCodes = ['UNAUTHENTICATED', 'FORBIDDEN'] as const;
const transientStatus: ReadonlySet<number> = new Set([408, 425, 429]);

interface GraphQLResponse<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly ResponseError[];
}

interface ResponseError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown; readonly requestId?: unknown };
}

/** The server refused the request; a retry will not help. */
export class RequestRefused extends CommandError {
  constructor(
    message: string,
    /** The code of the error in the response. */
    readonly code: unknown = null,
  ) {
    super(message, exitCodes.unreachable);
  }
}

/** A client of a ledger's GraphQL API over HTTP. */
export class LedgerClient {
  /** How messages name the server: a query string may hold a secret, so they do not repeat it. */
  readonly name: string;

  /**
   * @param token the key or token that is sent; null for none.
   * @param signal aborts requests in flight.
   * @throws CommandError if the address is not one. The message does not repeat it.
   */
  constructor(
    private readonly url: string,
    private readonly token: string | null,
    private readonly signal: AbortSignal | null = null,
  ) {
    const address = /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url) : null;
    if (address === null) {
      // A password may be anywhere in a text that is no URL.
      const found = /[@?#]/.test(url) ? 'cannot be read' : `is ${JSON.stringify(url)}`;
      throw new CommandError(
        `--url ${found}; it must be a URL such as http://127.0.0.1:4000/graphql.`,
      );
    }
    if (address.username !== '' || address.password !== '') {
      throw new CommandError(
        '--url holds a name or password. Pass a key or token in a file, with --token-file, or in POINTS_TOKEN.',
      );
    }
    this.name = address.origin + address.pathname;
  }

  /** Rejects unless the address is that of a GraphQL API. */
  async reach(): Promise<void> {
    const { data, errors } = await this.post<object>(JSON.stringify({ query: '{ __typename }' }));
    const [error] = errors ?? [];
    if (isOneOf(authCodes, error?.extensions?.code)) throw this.errorOf(error!);
    if (data == null) throw this.noLedger('it responds without data');
  }

  /**
   * Executes an operation. Rejects with {@link ServerAway} if a retry may succeed, and with {@link
   * RequestRefused} if it will not.
   */
  async request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const body = JSON.stringify({ query: textOf(document), variables });
    const headers = bucketHeaders(variables as Record<string, unknown>);
    const response = await this.post<Data>(body, headers);
    const { data, errors } = response;
    const [error] = errors ?? [];
    if (error !== undefined) throw this.errorOf(error);
    if (data == null) throw this.noLedger('its response has no data');
    return data;
  }

  private async post<Data>(
    body: string,
    headers: Record<string, string> = {},
  ): Promise<GraphQLResponse<Data>> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { ...this.headers, ...headers },
        body,
        signal: this.signal === null ? timeout : AbortSignal.any([timeout, this.signal]),
      });
      return this.read(response.status, await response.text());
    } catch (error) {
      if (error instanceof CommandError || error instanceof ServerAway) throw error;
      throw new ServerAway(`${this.name} does not respond: ${reasonOf(error)}.`, { cause: error });
    }
  }

  private get headers(): Record<string, string> {
    const common = { 'content-type': 'application/json', accept: 'application/json' };
    return this.token === null ? common : { ...common, authorization: `Bearer ${this.token}` };
  }

  private read<Data>(status: number, text: string): GraphQLResponse<Data> {
    const body = parseJsonObject(text);
    const isResponse = typeof body !== 'string' && ('data' in body || 'errors' in body);
    if (isResponse) return body as GraphQLResponse<Data>;
    if (status >= 500 || transientStatus.has(status)) {
      throw new ServerAway(`${this.name} responds with status ${status}.`);
    }
    throw this.noLedger(`it responds with status ${status} and without GraphQL`);
  }

  private errorOf({ message, extensions }: ResponseError): Error {
    const id = extensions?.requestId === undefined ? '' : ` (request ${extensions.requestId})`;
    const advice = extensions?.code === 'UNAUTHENTICATED' ? tokenAdvice : '';
    const text = `${this.name} responds: ${message}${id}${advice}`;
    return isOneOf(transientCodes, extensions?.code)
      ? new ServerAway(text)
      : new RequestRefused(text, extensions?.code);
  }

  private noLedger(reason: string): CommandError {
    return new CommandError(
      `${this.name} is not a ledger, or a proxy responds for it: ${reason}. ` +
        'Name its GraphQL address with --url.',
      exitCodes.unreachable,
    );
  }
}

const tokenAdvice = ' Pass it in a file, with --token-file, or in POINTS_TOKEN.';

const texts = new WeakMap<object, string>();

/** Prints a document once. */
function textOf(document: TypedDocumentNode<unknown, never> | object): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document as Parameters<typeof print>[0]);
  texts.set(document, text);
  return text;
}

/** Returns the innermost cause: fetch gives its reason there, one for each address tried. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return reasonOfAny(error);
}
