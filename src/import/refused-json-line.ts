import { fieldOf } from './columns';
import { type JsonMember, jsonMembers } from './json-members';
import { parseJsonObject } from './json-object';
import type { RefusedRow } from './read-import';

/**
 * Returns a refused line of NDJSON, with its line break: the line as it was written, with the
 * members `refused` and `idempotencyKey` inserted before its own. An earlier refusal is replaced,
 * and a key that the line specifies is not repeated. A line that is not a JSON object is stored as
 * `text`.
 */
export function refusedJsonLine(row: Omit<RefusedRow, 'kind'>): string {
  const { line, code, reason, record, idempotencyKey } = row;
  const refused = `"refused":${JSON.stringify({ line, code, reason })}`;
  if (typeof parseJsonObject(record.cells[0]) === 'string') {
    const text = record.text.replace(/\r?\n$/, '');
    return `{${refused},"text":${JSON.stringify(text)}}\n`;
  }
  const { text } = record;
  const { members, start, end } = jsonMembers(text);
  const own = members.filter(({ name }) => name !== 'refused');
  const ownKey = own.findLast(({ name }) => fieldOf(name) === 'idempotencyKey');
  const key = idempotencyKey === undefined ? null : JSON.stringify(idempotencyKey);
  const inserted = key === null || ownKey !== undefined ? [refused] : [refused, keyMember(key)];
  const chunks = own.map((member) => chunkOf(text, member, member === ownKey ? key : null));
  const content = [...inserted, ...chunks].join(',');
  const lineBreak = text.endsWith('\n') ? '' : '\n';
  return `${text.slice(0, start)}${content}${text.slice(end)}${lineBreak}`;
}

const keyMember = (key: string) => `"idempotencyKey":${key}`;

/** Returns the member as written, with the blanks around it; a null key becomes the key. */
function chunkOf(text: string, member: JsonMember, key: string | null): string {
  const { start, end, valueStart, valueEnd } = member;
  const isKeyless = key !== null && text.slice(valueStart, valueEnd) === 'null';
  if (!isKeyless) return text.slice(start, end);
  return text.slice(start, valueStart) + key + text.slice(valueEnd, end);
}
