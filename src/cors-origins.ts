/** The origins whose pages may use the API, in the form that browsers send; `*` allows all. */
export type CorsOrigins = readonly string[] | '*';

/** Why a list of origins cannot be used; completes a sentence that begins with its name. */
interface OriginsProblem {
  readonly problem: string;
}

/** Reads a list of origins, such as `https://app.example.com`. Empty items are ignored. */
export function readCorsOrigins(items: readonly string[]): CorsOrigins | OriginsProblem {
  const texts = items.map((item) => item.trim()).filter((item) => item !== '');
  if (texts.includes('*')) return texts.length === 1 ? '*' : { problem: starAndOthers };
  const origins: string[] = [];
  for (const text of texts) {
    const origin = readOrigin(text);
    if (typeof origin === 'object') return origin;
    origins.push(origin);
  }
  return [...new Set(origins)];
}

/** True if pages of an origin may use the API. `null`, the origin of sandboxed pages, never may. */
export function allowsOrigin(origins: CorsOrigins, origin: string | undefined): boolean {
  if (origin === undefined || origin === 'null') return false;
  return origins === '*' || origins.includes(origin);
}

const starAndOthers = 'holds "*" and other origins; write "*" alone to allow all origins.';

function readOrigin(text: string): string | OriginsProblem {
  const holds = `holds ${JSON.stringify(text)}`;
  if (text === 'null') {
    return { problem: `${holds}, which is the origin of any sandboxed page and is never allowed.` };
  }
  if (text.includes('*')) {
    return {
      problem: `${holds}; a wildcard is not possible: list each origin, or write "*" alone.`,
    };
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return { problem: `${holds}, which has no scheme; write an origin, such as ${example(text)}.` };
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.host === '') {
    return { problem: `${holds}; write origins such as https://app.example.com, with commas.` };
  }
  // URL normalizes the case and the default port; `origin` is "null" for other schemes than http.
  const origin = url.origin === 'null' ? `${url.protocol}//${url.host}`.toLowerCase() : url.origin;
  const isBare = /^[^/]*\/\/[^/?#@\\]*$/.test(text);
  return isBare ? origin : { problem: `${holds}; write the origin alone: ${origin}.` };
}

function example(text: string): string {
  const host = /^[\w.-]+(:\d+)?$/.test(text) ? text : 'app.example.com';
  return host.startsWith('localhost') ? `http://${host}` : `https://${host}`;
}
