import { fileURLToPath } from 'node:url';

export type Database =
  | { readonly kind: 'memory' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** Returns the database, or the problem: the rest of a sentence that begins with the setting. */
export function readDatabaseUrl(text: string): Database | string {
  if (text === 'memory:') return { kind: 'memory' };
  if (text.startsWith('file:')) return readFile(text);
  if (/^postgres(ql)?:\/\//.test(text)) return { kind: 'postgres', url: text };
  // Only the scheme is repeated: what follows it may be a password.
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0];
  const found = scheme === undefined ? 'has no scheme' : `begins with ${JSON.stringify(scheme)}`;
  return `${found}; it must be memory:, file:PATH or postgres://….`;
}

function readFile(text: string): Database | string {
  const path = text.startsWith('file://') ? pathOfUrl(text) : text.slice('file:'.length);
  if (path === null) {
    return `is ${JSON.stringify(text)}; write file:PATH, or file:///PATH for a path from the root.`;
  }
  return path === '' ? 'is "file:" without a path; write file:PATH.' : { kind: 'file', path };
}

/** Returns null if the URL is not that of a file on this machine. */
function pathOfUrl(text: string): string | null {
  try {
    return fileURLToPath(text);
  } catch {
    return null;
  }
}
