import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { isOneOf, retryableCodes } from '../error-codes';
import { ServerAway } from '../import/send-rows';
import { CommandError, exitCodes } from './command-error';

const answerMsMax = 60_000;

/** A masked fault may be one of the store, so a batch job retries it too. */
const passingCodes = [...retryableCodes, 'INTERNAL_SERVER_ERROR'] as const;
const passingStatus: ReadonlySet<number> = new Set([408, 425, 429]);

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly AnswerError[];
}

interface AnswerError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown; readonly requestId?: unknown };
}

/** The server understood the request and answered it with errors. */
export class RequestRefused extends CommandError {
  constructor(message: string) {
    super(message, exitCodes.unreachable);
  }
}

/** Speaks GraphQL over HTTP to a ledger, as anyone would. */
export class LedgerClient {
  /** @param signal gives up what is under way. */
  constructor(
    readonly url: string,
    private readonly signal: AbortSignal | null = null,
  ) {
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw new CommandError(
        `--url is ${JSON.stringify(url)}; it must be an address such as http://127.0.0.1:4000/graphql.`,
      );
    }
  }

  /** Rejects if no ledger answers. */
  async reach(): Promise<void> {
    const { data } = await this.post<object>(JSON.stringify({ query: '{ __typename }' }));
    if (data == null) throw this.noLedger('it does not say what it can be asked');
  }

  /**
   * Rejects with {@link ServerAway} where the same request may be answered later, and with {@link
   * RequestRefused} where it will not.
   */
  async ask<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const response = await this.post<Data>(JSON.stringify({ query: textOf(document), variables }));
    const { data, errors } = response;
    const [error] = errors ?? [];
    if (error !== undefined) throw this.errorOf(error);
    if (data == null) throw this.noLedger('its answer has no data');
    return data;
  }

  private async post<Data>(body: string): Promise<Answer<Data>> {
    const timeout = AbortSignal.timeout(answerMsMax);
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body,
        signal: this.signal === null ? timeout : AbortSignal.any([timeout, this.signal]),
      });
      return this.read(response.status, await response.text());
    } catch (error) {
      if (error instanceof CommandError || error instanceof ServerAway) throw error;
      throw new ServerAway(`${this.url} does not answer: ${reasonOf(error)}.`, { cause: error });
    }
  }

  private read<Data>(status: number, text: string): Answer<Data> {
    const answer = parse(text) as Answer<Data> | null;
    const isAnswer = answer !== null && ('data' in answer || 'errors' in answer);
    if (isAnswer) return answer;
    if (status >= 500 || passingStatus.has(status)) {
      throw new ServerAway(`${this.url} answers with status ${status}.`);
    }
    throw this.noLedger(`it answers with status ${status} and no GraphQL`);
  }

  private errorOf({ message, extensions }: AnswerError): Error {
    const id = extensions?.requestId === undefined ? '' : ` (request ${extensions.requestId})`;
    const text = `${this.url} answers: ${message}${id}`;
    return isOneOf(passingCodes, extensions?.code)
      ? new ServerAway(text)
      : new RequestRefused(text);
  }

  private noLedger(reason: string): CommandError {
    return new CommandError(
      `${this.url} is no ledger, or something stands before it: ${reason}. ` +
        'Name its GraphQL address with --url.',
      exitCodes.unreachable,
    );
  }
}

const texts = new WeakMap<object, string>();

/** Printed once for each document. */
function textOf(document: TypedDocumentNode<unknown, never> | object): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = print(document as Parameters<typeof print>[0]);
  texts.set(document, text);
  return text;
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** fetch says why only in its cause, and of several addresses in the causes of that. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error.message;
}
