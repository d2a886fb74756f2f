import type { ServerResponse } from 'node:http';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../config';
import { cutOff, PresentedError } from '../errors/presented-error';
import type { Results } from './streams';

const boundary = 'graphql';

/** Clients read a part when they see the next boundary, so each part is sent with that boundary. */
const begin = `\r\n--${boundary}`;
const end = '--\r\n';

export const multipartType = `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`;

/**
 * Sends results in Apollo's multipart protocol for subscriptions until they end. The headers of
 * `response` are written by then. Reads results no faster than the client receives them. Resolves
 * with the reason if the stream was cut off, otherwise with null.
 */
export async function sendMultipart(
  response: ServerResponse,
  results: Results,
  limits: Limits,
): Promise<string | null> {
  return new MultipartResponse(response, results, limits).send();
}

class MultipartResponse {
  private isCutOff = false;
  private fullSince: number | null = null;
  private resume: (() => void) | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly results: Results,
    private readonly limits: Limits,
  ) {}

  async send(): Promise<string | null> {
    const { response, results, limits } = this;
    const { socket } = response;
    response.on('drain', () => this.drained());
    response.on('close', () => {
      this.leave();
      // Node leaves our half of the connection open if the client closed its own.
      if (!response.writableFinished) socket?.destroy();
    });
    if (response.destroyed) this.leave();
    const timer = setInterval(() => this.poll(), limits.streamLookMs);
    response.write(begin);
    try {
      for await (const result of results) await this.part({ payload: result });
    } catch (error) {
      if (!(error instanceof PresentedError)) throw error;
      await this.part(fatal(error.presented));
    } finally {
      clearInterval(timer);
    }
    return this.finish();
  }

  /** Resolves when the next part can be sent. */
  private async part(content: Part): Promise<void> {
    if (this.isCutOff || this.response.destroyed || this.write(content)) return;
    this.fullSince ??= performance.now();
    await new Promise<void>((resolve) => {
      this.resume = resolve;
    });
  }

  private write(content: Part): boolean {
    const text = `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}${begin}`;
    return this.response.write(text);
  }

  private drained(): void {
    this.fullSince = null;
    this.resume?.();
  }

  private poll(): void {
    const since = performance.now() - this.limits.streamStallMsMax;
    if (this.fullSince === null) {
      // A heartbeat, which also detects that the client is gone.
      if (!this.write({})) this.fullSince = performance.now();
    } else if (this.fullSince < since && !this.isCutOff) {
      this.isCutOff = true;
      this.write(fatal(cutOff('This subscriber did not read what was sent.').presented));
      this.leave();
    }
  }

  private leave(): void {
    void this.results.return();
    this.resume?.();
  }

  private finish(): string | null {
    const { response, limits } = this;
    response.end(end);
    const waitMs = this.isCutOff ? limits.streamStallMsMax : limits.streamCloseMsMax;
    const timer = setTimeout(() => response.destroy(), waitMs);
    response.on('close', () => clearTimeout(timer));
    if (response.closed) clearTimeout(timer);
    return this.isCutOff ? 'it did not read what was sent' : null;
  }
}

type Part =
  | Record<string, never>
  | {
      readonly payload: FormattedExecutionResult | null;
      readonly errors?: GraphQLFormattedError[];
    };

function fatal(error: GraphQLFormattedError): Part {
  return { payload: null, errors: [error] };
}
