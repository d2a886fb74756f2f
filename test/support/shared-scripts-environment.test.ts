import { executionAsyncId } from 'node:async_hooks';

/** Node gives every promise an id of its own while somebody observes promises. */
test('nothing observes the promises of a test', async () => {
  await null;
  const id = executionAsyncId();
  await null;
  expect(executionAsyncId()).toBe(id);
});
