import { Agent, type IncomingMessage, request } from 'node:http';

/** What the sender of a request knows about its outcome. */
export type Reply<Data> =
  | { readonly kind: 'responded'; readonly data: Data | null; readonly codes: readonly string[] }
  /** It may have been carried out, in whole, or not at all. */
  | { readonly kind: 'unknown' }
  /** No server was listening. */
  | { readonly kind: 'unsent' };

interface ResponseBody<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** The server responds within 20 seconds, which a busy machine may make several times as long. */
const responseMsMax = 90_000;

/** Sends requests over kept-alive connections, and never retries by itself. */
export class LedgerClient {
  readonly #agent: Agent;

  /** @param headersOf returns headers to add to a request, by its variables. */
  constructor(
    readonly origin: string,
    connections = 1,
    private readonly headersOf: (
      variables: object,
    ) => Readonly<Record<string, string>> = () => ({}),
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async ask<Data>(query: string, variables: object = {}): Promise<Reply<Data>> {
    try {
      const headers = this.headersOf(variables);
      const text = await this.#post(JSON.stringify({ query, variables }), headers);
      const { data = null, errors = [] } = JSON.parse(text) as ResponseBody<Data>;
      const codes = errors.map(({ extensions }) => extensions?.code ?? 'without a code');
      return { kind: 'responded', data, codes };
    } catch (error) {
      // Refused, or reset before the handshake: the server was stopping, and the request was not
      // yet sent.
      const isUnsent = (error as NodeJS.ErrnoException).syscall === 'connect';
      return { kind: isUnsent ? 'unsent' : 'unknown' };
    }
  }

  /**
   * Returns the data of a request.
   * @throws unless the response has data and no error.
   */
  async read<Data>(query: string, variables: object = {}): Promise<Data> {
    const reply = await this.ask<Data>(query, variables);
    if (reply.kind === 'responded' && reply.data !== null && reply.codes.length === 0) {
      return reply.data;
    }
    throw new Error(`Not read: ${JSON.stringify(reply)}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #post(body: string, headers: Readonly<Record<string, string>>): Promise<string> {
    const options = {
      agent: this.#agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
      signal: AbortSignal.timeout(responseMsMax),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(`${this.origin}/graphql`, options)
        .on('response', resolve)
        .on('error', reject)
        .end(body);
    });
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return text;
  }
}
