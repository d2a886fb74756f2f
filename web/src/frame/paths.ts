export type Place =
  | { readonly page: 'accounts' }
  | { readonly page: 'account'; readonly id: string }
  | { readonly page: 'entry'; readonly id: string }
  | { readonly page: 'import' }
  | { readonly page: 'missing' };

export const accountsPath = '/accounts';
export const importPath = '/import';

/** Any id has an address, also those that a browser would take for a step up. */
export function accountPath(id: string): string {
  const isStep = id === '.' || id === '..';
  const word = encodeURIComponent(id);
  return isStep ? `${accountsPath}?id=${word}` : `${accountsPath}/${word}`;
}

export function entryPath(id: string): string {
  return `/entries/${encodeURIComponent(id)}`;
}

/** @param path as it stands in the address, with its escapes. */
export function placeOf(path: string, search: string): Place {
  if (path === '/' || path === accountsPath) {
    const id = new URLSearchParams(search).get('id');
    return id ? { page: 'account', id } : { page: 'accounts' };
  }
  if (path === importPath) return { page: 'import' };
  const [, kind, word] = /^\/(accounts|entries)\/([^/]+)$/.exec(path) ?? [];
  const id = word === undefined ? null : unescaped(word);
  if (id === null) return { page: 'missing' };
  return kind === 'accounts' ? { page: 'account', id } : { page: 'entry', id };
}

function unescaped(word: string): string | null {
  try {
    return decodeURIComponent(word);
  } catch {
    return null;
  }
}
