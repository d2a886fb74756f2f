import fc from 'fast-check';
import { accountPath, entryPath, placeOf } from '../../web/src/frame/paths';
import { anyCharacter } from '../support/any-character';

/** Resolves a path as a browser does, which includes dot segments. */
function visited(path: string) {
  const { pathname, search } = new URL(path, 'http://ledger');
  return placeOf(pathname, search);
}

const ids = fc.string({ minLength: 1, unit: anyCharacter });

test('every account and every entry has a path of its own', () => {
  fc.assert(
    fc.property(fc.oneof(ids, fc.constantFrom('.', '..', '%', '/', '?', '#', '..%2f')), (id) => {
      expect(visited(accountPath(id))).toEqual({ page: 'account', id });
    }),
  );
  fc.assert(
    fc.property(ids, (id) => {
      fc.pre(id !== '.' && id !== '..');
      expect(visited(entryPath(id))).toEqual({ page: 'entry', id });
    }),
  );
});

test('a slash at the end changes nothing', () => {
  for (const path of ['/accounts', '/accounts/a%2F', '/entries/a', '/import']) {
    expect(visited(`${path}/`)).toEqual(visited(path));
    expect(visited(path).page).not.toBe('missing');
  }
});

test('any other path is not found', () => {
  expect(visited('/')).toEqual({ page: 'accounts' });
  expect(visited('/accounts')).toEqual({ page: 'accounts' });
  expect(visited('/accounts/')).toEqual({ page: 'accounts' });
  expect(visited('/import')).toEqual({ page: 'import' });
  for (const path of ['/accounts/a/b', '/accounts/%', '/elsewhere', '/entries/']) {
    expect(visited(path)).toEqual({ page: 'missing' });
  }
});
