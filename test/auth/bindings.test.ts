import { type Binding, includesAccount, prefixProblem } from '../../src/auth/binding';
import { hasScope, type Principal, principalProblem, reaches } from '../../src/auth/principal';
import { type Scope, scopes, scopesAmong } from '../../src/auth/scopes';

const principal = (granted: readonly Scope[], binding: Binding | null = null): Principal => ({
  name: 'app',
  scopes: new Set(granted),
  binding,
});

test('write includes spend, and no other scope includes another', () => {
  const included = scopes.flatMap((granted) =>
    scopes.filter((needed) => hasScope(principal([granted]), needed)).map((it) => [granted, it]),
  );
  expect(included).toEqual([
    ['points:read', 'points:read'],
    ['points:spend', 'points:spend'],
    ['points:write', 'points:spend'],
    ['points:write', 'points:write'],
    ['points:admin', 'points:admin'],
  ]);
});

test('unknown scopes are for other services, and grant nothing', () => {
  expect([...scopesAmong(['openid', 'points:read', 'points:*', ''])]).toEqual(['points:read']);
});

const prefix: Binding = { kind: 'prefix', prefix: 'shop:é/' };
const account: Binding = { kind: 'account', id: 'shop:1' };

test.each([
  [prefix, 'shop:é/', true],
  [prefix, 'shop:é/1', true],
  // The same letter in another normal form is another id.
  [prefix, 'shop:e\u0301/1', false],
  [prefix, 'SHOP:é/1', false],
  [prefix, 'shop:é', false],
  [account, 'shop:1', true],
  [account, 'shop:10', false],
  [account, 'shop:1 ', false],
  [account, 'default', false],
] as const)('%j includes %j: %s', (binding, id, isIncluded) => {
  expect(includesAccount(binding, id)).toBe(isIncluded);
});

test('an id without an account is outside every binding, and inside none', () => {
  expect(reaches(principal(scopes, account), null)).toBe(false);
  expect(reaches(principal(scopes, prefix), null)).toBe(false);
  expect(reaches(principal(scopes), null)).toBe(true);
});

test('a prefix ends in a separator', () => {
  for (const text of ['a:', 'a/', 'a.', 'a_', 'a-', ':']) expect(prefixProblem(text)).toBeNull();
  expect(prefixProblem('a')).toMatch(/^ends in "a"; it must end in one of : \/ \. _ -/);
  expect(prefixProblem('a: ')).toMatch(/ends in " "/);
  expect(prefixProblem('')).toMatch(/blank/);
});

test('a principal that is bound to one account may not have points:write', () => {
  expect(principalProblem(principal(['points:write'], account))).toMatch(/^points:write cannot be/);
  expect(principalProblem(principal(['points:write'], prefix))).toBeNull();
  expect(principalProblem(principal(['points:spend', 'points:admin'], account))).toBeNull();
});

test('the name of a principal is text, since entries show it', () => {
  for (const name of ['', 'a\nb', 'x'.repeat(256), '\ud800']) {
    expect(principalProblem({ ...principal([]), name })).toMatch(/^The name /);
  }
});
