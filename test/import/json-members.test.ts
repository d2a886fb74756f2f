import fc from 'fast-check';
import { jsonMembers } from '../../src/import/json-members';

const blank = fc.constantFrom('', ' ', '\t', '\r\n ');
const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 }));

/** JSON with blanks wherever they are allowed between the members of the outermost object. */
function written(members: readonly (readonly [string, unknown])[], gap: string): string {
  const texts = members.map(([name, value]) => {
    return `${gap}${JSON.stringify(name)}${gap}:${gap}${JSON.stringify(value)}${gap}`;
  });
  return `${gap}{${texts.join(',') || gap}}${gap}`;
}

test('members are found by name and by the exact text of their values', () => {
  fc.assert(
    fc.property(object, blank, (given, gap) => {
      const entries = Object.entries(given);
      const text = written(entries, gap);
      const { members, doubledName, start, end } = jsonMembers(text);
      expect(doubledName).toBeNull();
      const found = members.map(({ name, valueStart, valueEnd }) => [
        name,
        text.slice(valueStart, valueEnd),
      ]);
      expect(found).toEqual(entries.map(([name, value]) => [name, JSON.stringify(value)]));
      const chunks = members.map((member) => text.slice(member.start, member.end));
      expect(chunks.join(',') || gap).toBe(text.slice(start, end));
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"\\"":1,"b":{"\\u0022":1},"\\"":2}', '"'],
  ['{"b":[{"c":1},{"c":2,"d":{"e":1,"e":1}}]}', 'e'],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['{"":1,"":2}', ''],
])('in %s the name %j occurs twice', (text, name) => {
  expect(jsonMembers(text).doubledName).toBe(name);
});

test.each([
  '{"a":{"a":{"a":1}},"b":"a","c":["a","a"]}',
  '{"a":"\\"a\\":1,\\"a\\":2","b":"{\\"a\\":1,\\"a\\":1}\\\\"}',
  '{}',
  `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
])('no name occurs twice in %.60s', (text) => {
  expect(jsonMembers(text).doubledName).toBeNull();
});
