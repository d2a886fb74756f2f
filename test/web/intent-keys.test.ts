import { IntentKeys } from '../../web/src/client/intent-keys';

test('an intent keeps a key of its own until it is settled', () => {
  const keys = new IntentKeys<{ readonly points: number }>();
  const first = keys.keyFor({ points: 1 });
  const second = keys.keyFor({ points: 2 });
  expect(second).not.toBe(first);
  expect(keys.keyFor({ points: 1 })).toBe(first);
  keys.settle({ points: 1 });
  expect(keys.keyFor({ points: 1 })).not.toBe(first);
  expect(keys.keyFor({ points: 2 })).toBe(second);
});
