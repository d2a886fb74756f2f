import { type Page, PagedList } from '../../web/src/lists/paged-list';

/** Loads pages of three from the current content of an array. */
function pagesOf(source: readonly number[]) {
  const requested: (string | null)[] = [];
  const loadPage = async (after: string | null): Promise<Page<number>> => {
    requested.push(after);
    const start = after === null ? 0 : Number(after);
    const rows = source.slice(start, start + 3);
    const end = start + rows.length;
    return { rows, endCursor: String(end), hasNextPage: end < source.length };
  };
  return { requested, loadPage };
}

test('pages are appended up to the end, and no further page is loaded', async () => {
  const { requested, loadPage } = pagesOf([1, 2, 3, 4, 5]);
  const list = new PagedList({ loadPage });
  await list.reload();
  await list.loadMore();
  await list.loadMore();
  expect(list.store.state).toMatchObject({ rows: [1, 2, 3, 4, 5], phase: 'ready', hasMore: false });
  expect(requested).toEqual([null, '3']);
});

test('a reload covers the rows that were in view', async () => {
  const source = [1, 2, 3, 4, 5, 6, 7];
  const list = new PagedList({ loadPage: pagesOf(source).loadPage });
  await list.reload();
  source.unshift(0);
  await list.reload(5);
  expect(list.store.state.rows).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a list that was scrolled far down is marked as stale instead of reloaded', async () => {
  const { requested, loadPage } = pagesOf([1, 2, 3]);
  const list = new PagedList({ loadPage });
  await list.reload();
  await list.reload(100_000);
  expect(list.store.state).toMatchObject({ rows: [1, 2, 3], isStale: true });
  expect(requested).toEqual([null]);
  await list.reload();
  expect(list.store.state.isStale).toBe(false);
});

test('new rows that join those shown are put before them', async () => {
  const source = [3, 2, 1];
  const join = (fresh: readonly number[], shown: readonly number[]) => {
    const place = fresh.indexOf(shown[0]);
    return place < 0 ? null : [...fresh.slice(0, place), ...shown];
  };
  const list = new PagedList({ loadPage: pagesOf(source).loadPage, join });
  await list.reload();
  source.unshift(5, 4);
  await list.reload();
  expect(list.store.state.rows).toEqual([5, 4, 3, 2, 1]);
  source.unshift(9, 8, 7, 6);
  await list.reload();
  expect(list.store.state.rows).toEqual([9, 8, 7]);
});

test('the response of a superseded load is dropped, and an error keeps the rows shown', async () => {
  const responses: ((page: Page<string>) => void)[] = [];
  const list = new PagedList<string>({
    loadPage: () => new Promise((resolve) => responses.push(resolve)),
  });
  const both = [list.reload(), list.reload()];
  const page = (row: string) => ({ rows: [row], endCursor: null, hasNextPage: false });
  responses[1](page('later'));
  responses[0](page('earlier'));
  await Promise.all(both);
  expect(list.store.state.rows).toEqual(['later']);

  const failing = new PagedList<string>({ loadPage: () => Promise.reject(new Error('away')) });
  await failing.reload();
  expect(failing.store.state).toMatchObject({ phase: 'failed', error: new Error('away') });
});
