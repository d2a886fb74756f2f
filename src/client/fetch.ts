import { bucketHeaders, type Variables } from './operation-bucket';

/**
 * Is `fetch`, and sets the header `X-Ledger-Bucket` on requests that have a text in JSON as their
 * body, or variables in their URL. It parses them, which takes longer for large bodies: where the
 * variables are known, pass `bucketHeaders(variables)` to `fetch` instead.
 */
export const bucketFetch: typeof fetch = (input, init) => {
  const variables = init?.body == null ? variablesOfUrl(input) : variablesOfBody(init.body);
  const added = Object.entries(bucketHeaders(variables));
  if (added.length === 0) return fetch(input, init);
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
  for (const [name, value] of added) headers.set(name, value);
  return fetch(input, { ...init, headers });
};

function variablesOfBody(body: unknown): Variables | null {
  const parsed = typeof body === 'string' ? (parsedJson(body) as { variables?: unknown }) : null;
  return asVariables(parsed?.variables);
}

function variablesOfUrl(input: Parameters<typeof fetch>[0]): Variables | null {
  const url = input instanceof Request ? input.url : String(input);
  const [, search] = /\?([^#]*)/.exec(url) ?? [];
  const text = search === undefined ? null : new URLSearchParams(search).get('variables');
  return text === null ? null : asVariables(parsedJson(text));
}

function asVariables(value: unknown): Variables | null {
  return typeof value === 'object' ? (value as Variables | null) : null;
}

/** Returns null for a text that is not JSON: the server refuses it. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
