import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { reasonOf } from '../src/error-message';
import { freePort } from './support/free-port';

function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

test('an error of the system is said in words, with its code and what is not yet named', () => {
  const error = thrownBy(() => readFileSync('/nowhere/at all'));
  expect(reasonOf(error)).toBe('no such file or directory at /nowhere/at all (ENOENT)');
  expect(reasonOf(error, '/nowhere/at all')).toBe('no such file or directory (ENOENT)');
  const folder = thrownBy(() => readFileSync('/'));
  expect(reasonOf(folder)).toBe('illegal operation on a directory (EISDIR)');
});

test('an error of a connection is said in words', async () => {
  const port = await freePort();
  const error = await new Promise((resolve) => connect(port, '127.0.0.1').once('error', resolve));
  expect(reasonOf(error)).toBe('nothing listens there (ECONNREFUSED)');
});

test('other errors keep their message', () => {
  expect(reasonOf(new TypeError('x is not a function'))).toBe('x is not a function');
  expect(reasonOf('text')).toBe('text');
  expect(reasonOf(undefined)).toBe('undefined');
  expect(reasonOf(Object.assign(new Error('words'), { code: 'ERR_X' }))).toBe('words');
});
