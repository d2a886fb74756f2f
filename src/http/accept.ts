/**
 * True if an Accept header allows a response in JSON, as `application/json` or
 * `application/graphql-response+json`. Checked before an operation is executed: Apollo Server
 * refuses other Accept headers afterwards, when a mutation has been done.
 */
export function acceptsJson(accept: string | undefined): boolean {
  return accept === undefined || accept.trim() === '' || accept.split(',').some(isJsonRange);
}

/** True if an Accept header names HTML itself, as those of browsers do when they open a page. */
export function acceptsHtml(accept: string | undefined): boolean {
  return accept !== undefined && /(^|,)\s*text\/html\s*(;|,|$)/i.test(accept);
}

const jsonRanges = new Set([
  '*/*',
  'application/*',
  'application/json',
  'application/graphql-response+json',
]);

function isJsonRange(item: string): boolean {
  const [range, ...parameters] = item.toLowerCase().split(';');
  return jsonRanges.has(range.trim()) && parameters.every(isHarmless);
}

/**
 * Returns false for a quality of 0, which excludes a media type. Only one other parameter occurs in
 * our responses.
 */
function isHarmless(parameter: string): boolean {
  const [name, value = ''] = parameter.split('=').map((part) => part.trim().replaceAll('"', ''));
  if (name === 'q') return Number(value) > 0;
  return name === 'charset' && value === 'utf-8';
}
