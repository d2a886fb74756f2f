import { faultWords, isSilence } from '../client/faults';

interface FaultProps {
  /** What could not be read: "the accounts". */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** What could not be read, why, and what to do. */
export function Fault({ what, error, onRetry }: FaultProps) {
  return (
    <div className="fault" role="alert">
      <p>
        <strong>Cannot show {what}.</strong> {faultWords(error)}
        {isSilence(error) && ' It is shown as soon as the server is back.'}
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
