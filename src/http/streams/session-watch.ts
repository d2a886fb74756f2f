import type { FormattedExecutionResult } from 'graphql';
import type { AuthError } from '../../auth/auth-error';
import { type Session, unrestricted } from '../../auth/session';
import type { Stream } from '../../graphql/stream';
import { PresentedError } from '../errors/presented-error';
import { topLevelError } from '../errors/top-level-error';

type Results = Stream<FormattedExecutionResult>;

/** How often sessions of open streams are checked. Part of the 10 s that a revocation may take. */
const lookMs = 1_000;

type End = (refusal: AuthError) => void;

/**
 * Ends streams whose session holds no longer, such as that of a revoked key, by the rule by which
 * requests are refused.
 */
export class SessionWatch {
  private readonly ends = new Map<End, Session>();
  private readonly timer = setInterval(() => this.look(), lookMs).unref();

  /** Returns results that end with the refusal of the session. */
  watched(results: Results, session: Session): Results {
    if (session === unrestricted) return results;
    let ended: AuthError | null = null;
    const end: End = (refusal) => {
      ended = refusal;
      this.ends.delete(end);
      // Ends a pending call of `next` too.
      void results.return();
    };
    this.ends.set(end, session);
    return {
      next: async () => {
        const result = await results.next().catch((error) => {
          this.ends.delete(end);
          throw error;
        });
        if (ended !== null) throw sessionEnded(ended);
        if (result.done) this.ends.delete(end);
        return result;
      },
      return: () => {
        this.ends.delete(end);
        return results.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const [end, session] of this.ends) {
      const refusal = session.refusal();
      if (refusal !== null) end(refusal);
    }
  }
}

/** Returns the error of a subscription whose session holds no longer. */
export function sessionEnded({ code, message }: AuthError): PresentedError {
  return new PresentedError(topLevelError(code, message));
}
