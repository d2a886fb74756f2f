import type { HttpResponse } from '../http-response';

/**
 * Returns a page with the headers that every page has.
 * @param policy its Content-Security-Policy.
 * @param caching its Cache-Control.
 */
export function htmlPage(
  body: string,
  policy: string,
  caching: 'no-store' | 'no-cache',
): HttpResponse {
  const headers = {
    'cache-control': caching,
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}

/** Returns a page of text. @param content of `body`, in HTML. */
export function textPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body>
<h1>Points ledger</h1>
${content}
</body>
</html>
`;
}
