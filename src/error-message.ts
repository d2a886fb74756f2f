/**
 * Returns the message of anything that was thrown. Does not test the class: under jest, the
 * system's errors have another one.
 */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

/** What Node's words for these errors, `connect ECODE address`, do not say. */
export const connectionWords = {
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  ENOTFOUND: 'the host is unknown',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'no response came in time',
} as const;

const wordsOfCode: Readonly<Record<string, string>> = connectionWords;

/** `ECODE: words, call 'path' -> 'path'`, as Node writes an error of the system. */
const systemMessage = /^E[A-Z0-9]+: (.+?), \w+(?: '.*)?$/s;

/**
 * Returns the message of anything that was thrown; that of the system in words, with its code in
 * brackets, such as `permission denied (EACCES)`.
 * @param named the path that the sentence around it names already.
 */
export function reasonOf(error: unknown, named?: string): string {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const words = systemMessage.exec(messageOf(error))?.[1] ?? wordsOfCode[code ?? ''];
  if (code === undefined || words === undefined) return messageOf(error);
  return `${words}${path === undefined || path === named ? '' : ` at ${path}`} (${code})`;
}
