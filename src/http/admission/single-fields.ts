import type { IncomingMessage } from 'node:http';
import type { Admission } from './admission';
import { badInput } from './refusal';

/** The fields that a request may have once, as their names are shown. */
const singleFields = ['Host', 'Authorization'];
const byLowerCase = new Map(singleFields.map((name) => [name.toLowerCase(), name]));
const lengths = new Set(singleFields.map(({ length }) => length));

/**
 * Refuses requests with two Host or two Authorization headers: node:http keeps the first, and a
 * proxy may have judged the request by the other (RFC 9110, 5.3).
 */
export const onlySingleFields: Admission = {
  refusalOf(request) {
    const name = repeatedField(request);
    return name === null ? null : badInput(400, `The request has two ${name} headers.`);
  },
};

/** Returns the name of the first field that occurs twice; null if there is none. */
function repeatedField({ rawHeaders }: IncomingMessage): string | null {
  let seen = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const field = rawHeaders[index];
    // Converting every name to lower case would cost more than all other checks of the head.
    if (!lengths.has(field.length)) continue;
    const name = byLowerCase.get(field.toLowerCase());
    if (name === undefined) continue;
    if (seen.includes(name)) return name;
    seen += name;
  }
  return null;
}
