import type { ServerResponse } from 'node:http';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Limits } from '../../config';
import { cutOff, PresentedError } from '../errors/presented-error';
import type { Answers } from './streams';

const boundary = 'graphql';

/** A part is read when the next boundary is there, so each is sent with the one behind it. */
const begin = `\r\n--${boundary}`;
const end = '--\r\n';

export const multipartType = `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`;

/**
 * Sends answers as Apollo's multipart protocol for subscriptions has them, to its end; `response`
 * is begun by then. Answers are taken no faster than the client takes them. Resolves with why it
 * was cut off, or null.
 */
export async function sendMultipart(
  response: ServerResponse,
  answers: Answers,
  limits: Limits,
): Promise<string | null> {
  const answer = new MultipartAnswer(response, answers, limits);
  return answer.send();
}

class MultipartAnswer {
  private isCutOff = false;
  private fullSince: number | null = null;
  private goOn: (() => void) | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly answers: Answers,
    private readonly limits: Limits,
  ) {}

  async send(): Promise<string | null> {
    const { response, answers, limits } = this;
    const { socket } = response;
    response.on('drain', () => this.roomIsMade());
    response.on('close', () => {
      this.leave();
      // Node leaves our half of the connection open where the client closed its own.
      if (!response.writableFinished) socket?.destroy();
    });
    if (response.destroyed) this.leave();
    const looking = setInterval(() => this.look(), limits.streamLookMs);
    response.write(begin);
    try {
      for await (const result of answers) await this.part({ payload: result });
    } catch (error) {
      if (!(error instanceof PresentedError)) throw error;
      await this.part(fatal(error.presented));
    } finally {
      clearInterval(looking);
    }
    return this.finish();
  }

  /** Resolves when there is room for the next. */
  private async part(content: Part): Promise<void> {
    if (this.isCutOff || this.response.destroyed || this.write(content)) return;
    this.fullSince ??= performance.now();
    await new Promise<void>((resolve) => {
      this.goOn = resolve;
    });
  }

  private write(content: Part): boolean {
    const text = `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}${begin}`;
    return this.response.write(text);
  }

  private roomIsMade(): void {
    this.fullSince = null;
    this.goOn?.();
  }

  private look(): void {
    const since = performance.now() - this.limits.streamStallMsMax;
    if (this.fullSince === null) {
      // A sign of life, and a way to see that the client is gone.
      if (!this.write({})) this.fullSince = performance.now();
    } else if (this.fullSince < since && !this.isCutOff) {
      this.isCutOff = true;
      this.write(fatal(cutOff('This subscriber did not take what was sent.').presented));
      this.leave();
    }
  }

  private leave(): void {
    void this.answers.return();
    this.goOn?.();
  }

  private finish(): string | null {
    const { response, limits } = this;
    response.end(end);
    const waitMs = this.isCutOff ? limits.streamStallMsMax : limits.streamCloseMsMax;
    const timer = setTimeout(() => response.destroy(), waitMs);
    response.on('close', () => clearTimeout(timer));
    if (response.closed) clearTimeout(timer);
    return this.isCutOff ? 'it did not take what was sent' : null;
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
