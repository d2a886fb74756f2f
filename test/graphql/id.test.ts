import { parseValue } from 'graphql';
import { ID } from '../../src/graphql/scalars/id';
import { readNumber } from '../../src/graphql/scalars/number-text';

const literal = (text: string) => ID.parseLiteral(parseValue(text));
const variable = (text: string) => ID.parseValue(readNumber(text));

test.each([
  ['0', '0'],
  ['-5', '-5'],
  ['1000', '1000'],
  ['9007199254740991', '9007199254740991'],
  ['-9007199254740991', '-9007199254740991'],
])('the number %s is the id %s', (text, id) => {
  expect(variable(text)).toBe(id);
  expect(literal(text)).toBe(id);
});

test.each(['9007199254740992', '9007199254740993', '123456789012345678901234567890'])(
  'the number %s is an id in a document, and refused in variables',
  (text) => {
    expect(literal(text)).toBe(text);
    expect(() => variable(text)).toThrow(`the number ${text}:`);
    expect(() => variable(text)).toThrow('Write it as a string.');
  },
);

test.each(['1.5', '0.99999999999999999999', '1e21', '1e400'])('%s is no id', (text) => {
  expect(() => variable(text)).toThrow(text === '1e21' ? '1e21' : text);
  expect(() => literal(text)).toThrow('ID cannot represent');
});

test.each([[true], [null], [{}], [['a']]])('%j is no id, in the words of graphql-js', (value) => {
  expect(() => ID.parseValue(value)).toThrow('ID cannot represent value');
});

test('a message repeats a long number only in part', () => {
  expect(() => variable('9'.repeat(5_000))).toThrow('… (4900 characters cut)');
});
