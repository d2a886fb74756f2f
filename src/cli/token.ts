import { readFileSync } from 'node:fs';
import { reasonOf } from '../error-message';
import { wholePath } from '../whole-path';
import { CommandError } from './command-error';

export const tokenOption = '--token-file <file>';
export const tokenHelp =
  'a file with the key or token for the server (default: POINTS_TOKEN, else none is sent)';

/**
 * Returns the key or token that the file holds, or else the environment; null if there is none. An
 * option with the key itself would show it to everybody who lists the processes of the machine.
 *
 * @throws CommandError if it cannot be sent in a header. The message does not repeat it.
 */
export function readToken(file: string | undefined): string | null {
  if (file === undefined) return checked(process.env.POINTS_TOKEN || null, 'POINTS_TOKEN');
  const path = wholePath(file);
  return checked(contentOf(path), `--token-file ${path}`);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `--token-file ${file} cannot be read: ${reasonOf(error, file)}.`;
    throw new CommandError(message, undefined, { cause: error });
  }
}

function checked(text: string | null, place: string): string | null {
  const token = text === null ? null : text.trim();
  if (token === null || /^[\x21-\x7e]{1,16000}$/.test(token)) return token;
  throw new CommandError(`${place} must hold one key or token, and nothing else.`);
}
