import { errorText, hasCode, isUnreachable } from '../client/errors';

interface LoadErrorProps {
  /** What could not be loaded, such as "the accounts". */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Says what could not be loaded and why, and offers to retry unless the same would be refused. */
export function LoadError({ what, error, onRetry }: LoadErrorProps) {
  return (
    <div className="load-error" role="alert">
      <p>
        <strong>Cannot show {what}.</strong> {errorText(error)}
        {isUnreachable(error) && ' It is loaded when the server is reachable again.'}
      </p>
      {!hasCode(error, ['FORBIDDEN']) && (
        <button type="button" onClick={onRetry}>
          Retry
        </button>
      )}
    </div>
  );
}
