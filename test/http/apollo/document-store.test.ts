import { parse } from 'graphql';
import { createDocumentStore } from '../../../src/http/apollo/document-store';

const documentOf = (length: number) => parse('{ a }'.padEnd(length));
const bytesOf = (length: number) => length * 100;

test('documents are kept by their size, and the least recently used is evicted', async () => {
  const store = createDocumentStore(bytesOf(1_000));
  for (let index = 0; index < 51; index += 1) await store.set(`key ${index}`, documentOf(20));
  expect(await store.get('key 0')).toBeUndefined();
  expect(await store.get('key 1')).toBeDefined();
});

test('one document does not evict all others', async () => {
  const store = createDocumentStore(bytesOf(1_000));
  await store.set('small', documentOf(20));
  await store.set('large', documentOf(21));
  expect(await store.get('large')).toBeUndefined();
  expect(await store.get('small')).toBeDefined();
});

test('a store of 0 bytes keeps nothing', async () => {
  const store = createDocumentStore(0);
  await store.set('key', documentOf(5));
  expect(await store.get('key')).toBeUndefined();
});
