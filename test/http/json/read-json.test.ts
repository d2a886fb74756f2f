import fc from 'fast-check';
import { NumberText } from '../../../src/graphql/scalars/number-text';
import { countValues } from '../../../src/http/json/count-values';
import { parseExact } from '../../../src/http/json/parse-exact';
import { JsonProblem, readJson } from '../../../src/http/json/read-json';

const path = ['variables'];
const read = (text: string, valuesMax = 100) =>
  readJson(text, path, valuesMax) as { variables: Record<string, unknown> };
const problemOf = (text: string, valuesMax = 100) => {
  try {
    read(text, valuesMax);
  } catch (error) {
    return error as JsonProblem;
  }
  throw new Error('no fault');
};

/** With doubles for numbers that were kept as text. */
function rounded(value: unknown): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]));
}

test('whatever JSON.parse reads is read alike, in white space and escapes of any kind', () => {
  const spaces = [undefined, 1, '\t'];
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...spaces), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(rounded(parseExact(text))).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  ['{"__proto__":{"a":1.5},"b":1}'],
  ['{"a":1,"b":2,"a":{"c":1.0}}'],
  ['{"2":1,"1":2.5,"constructor":3}'],
  [' [ "\\"1.5\\\\" , "{" , null , true , -0 , 1e3 ] '],
  ['"\\ud83d\\ude00 \\u0000"'],
  ['{"":{"":[[],{}]}}'],
])('%s is read as by JSON.parse, in the same order', (text) => {
  const [exact, parsed] = [parseExact(text), JSON.parse(text)];
  expect(exact).toEqual(parsed);
  expect(JSON.stringify(exact)).toBe(JSON.stringify(parsed));
  expect(Object.getPrototypeOf(exact)).toBe(Object.getPrototypeOf(parsed));
});

test.each([
  ['0.99999999999999999999'],
  ['4503599627370496.4'],
  ['9007199254740993'],
  ['-9007199254740993'],
  ['1e21'],
  ['1e400'],
  ['1e-400'],
])('%s in variables keeps its text', (number) => {
  for (const name of ['variables', 'vari\\u0061bles']) {
    const { variables } = read(`{"${name}":{"a":[{"b": ${number} }]},"c":${number}}`);
    expect(variables).toEqual({ a: [{ b: new NumberText(number) }] });
  }
});

test.each([
  ['1000.0', 1000],
  ['1e3', 1000],
  ['10e-1', 1],
  ['1.5', 1.5],
  ['-0.0', -0],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['0000000000000000.5', null],
])('%s in variables is a number like any other', (number, value) => {
  const text = `{"variables":{"a":${number}}}`;
  if (value === null) expect(problemOf(text).kind).toBe('malformed');
  else expect(read(text).variables).toEqual({ a: value });
});

const digits = fc.oneof(fc.bigInt(0n, 10n ** 20n), fc.nat({ max: 99 })).map(String);
const numberText = fc
  .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '.5', '.0', 'e3', 'E-2', '.25e+1'))
  .map((parts) => parts.join(''));
const stringText = fc
  .oneof(numberText, fc.string(), fc.constantFrom('":1.5', '[1e3', 'T09:00:00.000Z', '\\'))
  .map((value) => JSON.stringify(value));
const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const token = fc
  .tuple(space, fc.oneof(numberText, stringText), space)
  .map((parts) => parts.join(''));

test('a text with fewer characters than there may be values is read like any other', () => {
  fc.assert(
    fc.property(fc.array(token, { minLength: 3, maxLength: 6 }), ([a, b, c, ...rest]) => {
      const text = `{"variables" :{"a" :${a},"b":[${b},${rest.join() || c}]},"c":[[${c}]]}`;
      expect(read(text, text.length)).toEqual(read(text, text.length - 1));
    }),
    { numRuns: 1_000 },
  );
});

test('numbers outside of the variables are those of JSON.parse', () => {
  const text = '{"query":1.0,"extensions":{"a":1e400},"variables":{"b":1e400}}';
  expect(read(text)).toMatchObject({ query: 1, extensions: { a: Number.POSITIVE_INFINITY } });
  expect(read('{"variables":1e400}')).toEqual({ variables: Number.POSITIVE_INFINITY });
  expect(read('{"variables":[1e400]}')).toEqual({ variables: [Number.POSITIVE_INFINITY] });
});

test('digits in strings and in names are no numbers', () => {
  const { hasLongNumber } = countValues('{"1.5":"9007199254740993 1e400 \\" 1.5"}', path, 100);
  expect(hasLongNumber).toBe(false);
});

test('values are counted, lists and objects among them and names not', () => {
  const count = (text: string) => {
    const { inside, beside } = countValues(text, path, 1_000);
    return [inside, beside];
  };
  expect(count('{"query":"q","variables":{"a":1,"b":[1,{}],"c":null},"d":[1]}')).toEqual([5, 5]);
  expect(count('{"a":{"variables":{"b":1}}}')).toEqual([0, 4]);
  expect(count('[{"variables":{"b":1}}]')).toEqual([0, 4]);
  expect(count('{"variables" : {"a":"variables"} , "b":{"c":1}}')).toEqual([1, 4]);
});

test('too many values are refused before anything is parsed, wherever they are', () => {
  const ones = (count: number) => Array(count).fill(1).join(',');
  expect(read(`{"variables":{"a":[${ones(99)}]},"b":[${ones(97)}]}`)).toBeDefined();
  const inside = problemOf(`{"variables":{"a":[${ones(100)}`);
  expect(inside.message).toBe('The variables hold more than 100 values. Send less at once.');
  for (const text of [`{"b":[${ones(99)}]}`, `{"vari\\u0061bles":{"a":[${ones(98)}]}}`]) {
    expect(problemOf(text).message).toMatch(/without its variables holds more than 100 values/);
  }
  expect(problemOf('['.repeat(1e5)).kind).toBe('large');
});

test('a text at the limit of the depth is read', () => {
  const depth = 19_000;
  const text = `{"variables":{"a":${'['.repeat(depth)}1.0${']'.repeat(depth)}}}`;
  let value = read(text, 20_000).variables.a;
  for (let level = 0; level < depth; level += 1) value = (value as unknown[])[0];
  expect(value).toBe(1);
});

test.each([['{"variables":{"a":1.0}'], ['{"a":1.}'], ['01'], [''], ['{"a":1}}'], ['\ufeff{}']])(
  '%j is no JSON',
  (text) => {
    expect(problemOf(text).kind).toBe('malformed');
  },
);
