import { attemptsMax } from '../client/send-safely';
import type { Payload, Sending } from './use-command';

interface OutcomeProps<Answer extends Payload> {
  readonly sending: Sending<Answer>;
  readonly describe: (answer: Answer) => string;
}

/** What becomes of what was sent, read out as it changes. */
export function Outcome<Answer extends Payload>({ sending, describe }: OutcomeProps<Answer>) {
  return (
    <p className={`outcome outcome-${sending.phase}`} role="status">
      {wordsOf(sending, describe)}
    </p>
  );
}

function wordsOf<Answer extends Payload>(
  sending: Sending<Answer>,
  describe: (answer: Answer) => string,
): string | null {
  switch (sending.phase) {
    case 'idle':
    case 'refused':
      return null;
    case 'sending':
      return sending.attempt === 1 ? 'Sending …' : retryWords(sending.attempt);
    case 'done':
      return sending.answer.replayed
        ? `${describe(sending.answer)} It had been done by an earlier attempt, and counts once.`
        : describe(sending.answer);
    case 'failed':
      return sending.words;
  }
}

export function retryWords(attempt: number): string {
  return `No answer yet: sending it again (${attempt} of ${attemptsMax}) under the same key, so that it counts once.`;
}
