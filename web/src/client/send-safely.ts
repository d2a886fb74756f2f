import { isPassing } from './faults';

const pausesMs = [400, 800, 1_600, 3_200, 5_000, 5_000];

export const attemptsMax = pausesMs.length + 1;

/**
 * Sends until there is an answer, at most seven times within about 16 seconds. Only for what is
 * safe to repeat. Throws the last fault, or at once what would not pass.
 *
 * @param onRetry told the number of the attempt that begins, from 2.
 */
export async function sendSafely<Answer>(
  send: () => Promise<Answer>,
  onRetry: (attempt: number) => void,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const pauseMs = pausesMs[attempt - 1];
      if (pauseMs === undefined || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      onRetry(attempt + 1);
    }
  }
}
