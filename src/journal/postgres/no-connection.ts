import { connectionWords } from '../../error-message';
import { JournalUnavailable } from '../journal-error';
import { reasonOf, sqlStateOf } from './errors';

/** Why a server could not be used: what is wrong there, and what would be right. */
interface Problem {
  readonly what: string;
  readonly advice: string;
}

/** Where a server is, and the error of connecting to it. */
export interface FailedServer {
  readonly place: string;
  readonly error: unknown;
}

/** SQLSTATEs of a connection that is refused until an operator has acted. */
const refusals = new Set(['28000', '28P01', '3D000', '42501']);

/** No connection could be acquired: nothing was sent. Says where, and never has a password. */
export class NoConnection extends JournalUnavailable {
  /** @param failed the servers in the order in which they were tried. */
  constructor(private readonly failed: readonly FailedServer[]) {
    super(messageFor(failed), { cause: failed.at(-1)?.error });
  }

  /** True if the last server refuses what the address says, so that waiting does not help. */
  get isRefusal(): boolean {
    const error = this.failed.at(-1)?.error;
    return refusals.has(sqlStateOf(error) ?? '') || isPasswordMissing(error);
  }
}

function messageFor(failed: readonly FailedServer[]): string {
  const problems = failed.map(({ error }) => problemOf(error));
  const places = failed.map(({ place }, at) => `at ${place}: ${problems[at]!.what}`);
  const advice = new Set(problems.map((problem) => problem.advice).filter((each) => each !== ''));
  return [`The database cannot be reached ${places.join('; ')}.`, ...advice].join(' ');
}

function problemOf(error: unknown): Problem {
  const state = sqlStateOf(error);
  if (state !== null) return { what: reasonOf(error), advice: adviceFor(state, reasonOf(error)) };
  const { code, syscall, path, message = '' } = error as NodeJS.ErrnoException;
  if (isPasswordMissing(error)) return passwordMissing;
  if (noTls.test(message)) return tlsMissing;
  if (syscall === 'open') return fileMissing(path ?? '', code);
  const known = problemOfCode[code ?? ''] ?? (cutOff.test(message) ? noPostgres : undefined);
  if (known !== undefined) return withCode(known, code);
  if (late.test(message)) return noResponse;
  return isOfCertificate(code)
    ? badCertificate(reasonOf(error))
    : { what: reasonOf(error), advice: '' };
}

const correctPlace = 'correct the host or the port in the address.';
const down = { what: connectionWords.ECONNREFUSED, advice: `Start PostgreSQL, or ${correctPlace}` };
const noResponse = {
  what: connectionWords.ETIMEDOUT,
  advice: `Check that PostgreSQL is up, or ${correctPlace}`,
};
const noPostgres = {
  what: 'the connection was closed before PostgreSQL responded',
  advice: `Check that PostgreSQL is up, or ${correctPlace}`,
};
const unknownHost = {
  what: connectionWords.ENOTFOUND,
  advice: 'Correct the host in the address.',
};
const noRoute = {
  what: connectionWords.EHOSTUNREACH,
  advice: `Check the network, or ${correctPlace}`,
};
const forbidden = {
  what: 'this user may not connect to the socket',
  advice: 'Name a socket that it may use, or a host, in the address.',
};

const problemOfCode: Readonly<Record<string, Problem>> = {
  ECONNREFUSED: down,
  ENOENT: down,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: { ...unknownHost, what: connectionWords.EAI_AGAIN },
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ETIMEDOUT: noResponse,
  ECONNRESET: noPostgres,
  EPIPE: noPostgres,
  EACCES: forbidden,
};

/** pg's words for its own errors, which have no code. */
const late = /timeout|in time/i;
const cutOff = /terminated unexpectedly/;
const noTls = /does not support SSL/;
const noPassword = /password must be a (non-empty )?string/;

const passwordMissing = {
  what: 'a password is required, and none is given',
  advice: 'Write postgres://USER:PASSWORD@HOST:PORT/DATABASE.',
};
const tlsMissing = {
  what: 'the server has no TLS, which the address requires',
  advice: 'Turn it on there (ssl = on), or leave sslmode out of the address.',
};

function isPasswordMissing(error: unknown): boolean {
  return error instanceof Object && noPassword.test((error as Partial<Error>).message ?? '');
}

function fileMissing(path: string, code = ''): Problem {
  const advice = 'Correct the file in the address, or let this user read it.';
  return { what: `the file ${path} cannot be read (${code})`, advice };
}

function withCode({ what, advice }: Problem, code: string | undefined): Problem {
  return { what: code === undefined ? what : `${what} (${code})`, advice };
}

/** The codes of OpenSSL and Node for a certificate that is not accepted. */
function isOfCertificate(code: string | undefined): boolean {
  return /CERT|VERIFY|SIGNATURE|ISSUER/.test(code ?? '');
}

function badCertificate(reason: string): Problem {
  return {
    what: `the certificate of the server is not accepted: ${reason}`,
    advice: 'Name the file of its authority in the address with sslrootcert=PATH, or renew it.',
  };
}

/** @param reason the server's words, which say whether the connection had no TLS. */
function adviceFor(state: string, reason: string): string {
  if (state === '28000' && /no encryption|SSL off/.test(reason)) return tlsAdvice;
  return adviceOfState[state] ?? '';
}

const tlsAdvice =
  'If the server requires TLS, add ?sslmode=verify-full to the address; otherwise allow the ' +
  'connection in its pg_hba.conf.';

const adviceOfState: Readonly<Record<string, string>> = {
  '28000': 'Create the role with LOGIN, allow it in pg_hba.conf, or name another in the address.',
  '28P01': 'Correct the user or the password in the address.',
  '3D000': 'Create the database, or correct its name in the address.',
  '42501': 'Let its owner run GRANT CONNECT ON DATABASE for the role.',
  '53300': 'Raise max_connections, or let fewer programs connect.',
};
