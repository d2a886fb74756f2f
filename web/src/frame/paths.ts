export type Place =
  | { readonly page: 'accounts' }
  | { readonly page: 'account'; readonly id: string }
  | { readonly page: 'entry'; readonly id: string }
  | { readonly page: 'import' }
  | { readonly page: 'missing' };

export const accountsPath = '/accounts';
export const importPath = '/import';

/** Returns the path of an account. Browsers resolve "." and "..", so those ids are in the query. */
export function accountPath(id: string): string {
  const isDots = id === '.' || id === '..';
  const escaped = encodeURIComponent(id);
  return isDots ? `${accountsPath}?id=${escaped}` : `${accountsPath}/${escaped}`;
}

export function entryPath(id: string): string {
  return `/entries/${encodeURIComponent(id)}`;
}

/**
 * Returns the page of an address.
 *
 * @param path as in the address, still escaped.
 */
export function placeOf(path: string, search: string): Place {
  if (path === '/' || path === accountsPath || path === `${accountsPath}/`) {
    const id = new URLSearchParams(search).get('id');
    return id ? { page: 'account', id } : { page: 'accounts' };
  }
  if (path === importPath || path === `${importPath}/`) return { page: 'import' };
  const [, kind, escaped] = /^\/(accounts|entries)\/([^/]+)\/?$/.exec(path) ?? [];
  const id = escaped === undefined ? null : unescaped(escaped);
  if (id === null) return { page: 'missing' };
  return kind === 'accounts' ? { page: 'account', id } : { page: 'entry', id };
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
