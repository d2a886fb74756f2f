import { type Page, PagedList } from '../../web/src/lists/paged-list';

/** Pages of three over whatever the array holds when they are asked for. */
function pagesOf(source: readonly number[]) {
  const asked: (string | null)[] = [];
  const loadPage = async (after: string | null): Promise<Page<number>> => {
    asked.push(after);
    const start = after === null ? 0 : Number(after);
    const rows = source.slice(start, start + 3);
    const end = start + rows.length;
    return { rows, endCursor: String(end), hasNextPage: end < source.length };
  };
  return { asked, loadPage };
}

test('pages are put one behind the other, up to the end and not beyond', async () => {
  const { asked, loadPage } = pagesOf([1, 2, 3, 4, 5]);
  const list = new PagedList({ loadPage });
  await list.reload();
  await list.loadMore();
  await list.loadMore();
  expect(list.now()).toMatchObject({ rows: [1, 2, 3, 4, 5], phase: 'ready', hasMore: false });
  expect(asked).toEqual([null, '3']);
});

test('what is read again reaches as far as was seen', async () => {
  const source = [1, 2, 3, 4, 5, 6, 7];
  const list = new PagedList({ loadPage: pagesOf(source).loadPage });
  await list.reload();
  source.unshift(0);
  await list.reload(5);
  expect(list.now().rows).toEqual([0, 1, 2, 3, 4, 5]);
});

test('far down nothing is read again unasked, and the list says that it is old', async () => {
  const { asked, loadPage } = pagesOf([1, 2, 3]);
  const list = new PagedList({ loadPage });
  await list.reload();
  await list.reload(100_000);
  expect(list.now()).toMatchObject({ rows: [1, 2, 3], isStale: true });
  expect(asked).toEqual([null]);
  await list.reload();
  expect(list.now().isStale).toBe(false);
});

test('rows that join are put before those that are shown, which stay', async () => {
  const source = [3, 2, 1];
  const join = (fresh: readonly number[], shown: readonly number[]) => {
    const place = fresh.indexOf(shown[0]);
    return place < 0 ? null : [...fresh.slice(0, place), ...shown];
  };
  const list = new PagedList({ loadPage: pagesOf(source).loadPage, join });
  await list.reload();
  source.unshift(5, 4);
  await list.reload();
  expect(list.now().rows).toEqual([5, 4, 3, 2, 1]);
  source.unshift(9, 8, 7, 6);
  await list.reload();
  expect(list.now().rows).toEqual([9, 8, 7]);
});

test('an answer that was overtaken is dropped, and a fault is kept with what is shown', async () => {
  const answers: ((page: Page<string>) => void)[] = [];
  const list = new PagedList<string>({
    loadPage: () => new Promise((resolve) => answers.push(resolve)),
  });
  const both = [list.reload(), list.reload()];
  const page = (row: string) => ({ rows: [row], endCursor: null, hasNextPage: false });
  answers[1](page('later'));
  answers[0](page('earlier'));
  await Promise.all(both);
  expect(list.now().rows).toEqual(['later']);

  const failing = new PagedList<string>({ loadPage: () => Promise.reject(new Error('away')) });
  await failing.reload();
  expect(failing.now()).toMatchObject({ phase: 'failed', fault: new Error('away') });
});
