import { Agent, type IncomingMessage, request } from 'node:http';

/** What the sender of a request knows about what became of it. */
export type Reply<Data> =
  | { readonly kind: 'answered'; readonly data: Data | null; readonly codes: readonly string[] }
  /** It may have been carried out, in whole, or not at all. */
  | { readonly kind: 'unanswered' }
  /** Nobody listened. */
  | { readonly kind: 'unsent' };

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const answerMsMax = 20_000;

/** Speaks to a server over kept-alive connections, and never sends anything twice on its own. */
export class LedgerClient {
  readonly #agent: Agent;

  constructor(
    readonly origin: string,
    connections = 1,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async ask<Data>(query: string, variables: object = {}): Promise<Reply<Data>> {
    try {
      const text = await this.#post(JSON.stringify({ query, variables }));
      const { data = null, errors = [] } = JSON.parse(text) as Answer<Data>;
      const codes = errors.map(({ extensions }) => extensions?.code ?? 'without a code');
      return { kind: 'answered', data, codes };
    } catch (error) {
      // Refused, or reset before it stood: the door was closing, and the request was not yet
      // written.
      const isUnsent = (error as NodeJS.ErrnoException).syscall === 'connect';
      return { kind: isUnsent ? 'unsent' : 'unanswered' };
    }
  }

  /** The data of what must be answered without a fault. */
  async read<Data>(query: string, variables: object = {}): Promise<Data> {
    const reply = await this.ask<Data>(query, variables);
    if (reply.kind === 'answered' && reply.data !== null && reply.codes.length === 0) {
      return reply.data;
    }
    throw new Error(`Not read: ${JSON.stringify(reply)}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #post(body: string): Promise<string> {
    const options = {
      agent: this.#agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      signal: AbortSignal.timeout(answerMsMax),
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
