import type { ReactNode } from 'react';
import { attemptsMax } from '../client/send-safely';
import type { Payload, Sending } from './use-command';

interface OutcomeProps<Result extends Payload> {
  readonly sending: Sending<Result>;
  readonly describe: (payload: Result) => ReactNode;
}

/** Shows the state of a command. Screen readers announce its changes. */
export function Outcome<Result extends Payload>({ sending, describe }: OutcomeProps<Result>) {
  return (
    <p className={`outcome outcome-${sending.phase}`} role="status">
      {outcomeOf(sending, describe)}
    </p>
  );
}

function outcomeOf<Result extends Payload>(
  sending: Sending<Result>,
  describe: (payload: Result) => ReactNode,
): ReactNode {
  switch (sending.phase) {
    case 'idle':
    case 'refused':
      return null;
    case 'sending':
      return sending.attempt === 1 ? 'Sending …' : retryText(sending.attempt);
    case 'done':
      return (
        <>
          {describe(sending.payload)}
          {sending.payload.replayed && ' An earlier attempt had succeeded; it counts once.'}
        </>
      );
    case 'failed':
      return sending.text;
  }
}

function retryText(attempt: number): string {
  return `No response. Sending again (${attempt} of ${attemptsMax}) with the same key, so that it counts once.`;
}
