import type { FormattedExecutionResult } from 'graphql';
import { refusedCredentials } from '../../auth/auth-error';
import { type Session, unrestricted } from '../../auth/session';
import type { Stream } from '../../graphql/stream';
import { PresentedError } from '../errors/presented-error';
import { topLevelError } from '../errors/top-level-error';

type Results = Stream<FormattedExecutionResult>;

/** How often sessions of open streams are checked. Part of the 10 s that a revocation may take. */
const lookMs = 1_000;

/** Ends streams whose session has ended: the key was revoked, or the token expired. */
export class SessionWatch {
  private readonly ends = new Map<() => void, Session>();
  private readonly timer = setInterval(() => this.look(), lookMs).unref();

  /** Returns results that end with UNAUTHENTICATED when the session ends. */
  watched(results: Results, session: Session): Results {
    if (session === unrestricted) return results;
    let hasEnded = false;
    const end = () => {
      hasEnded = true;
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
        if (hasEnded) throw sessionEnded();
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
    for (const [end, session] of this.ends) if (!session.isCurrent()) end();
  }
}

/** Returns the error of a subscription whose key or token is no longer accepted. */
export function sessionEnded(): PresentedError {
  return new PresentedError(topLevelError('UNAUTHENTICATED', refusedCredentials));
}
