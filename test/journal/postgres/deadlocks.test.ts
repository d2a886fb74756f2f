import { PostgresJournal } from '../../../src/journal/postgres/journal';
import { usePostgres } from '../../support/postgres-server';
import { beginning, freshId, run } from '../entries';

const postgres = usePostgres();
const rounds = 20;
const accounts = 20;
const many = 40;

test('two processes that append to the same accounts, one entry or many, never deadlock', async () => {
  const url = await postgres().createDatabase('crossing');
  const journals = [await PostgresJournal.open(url), await PostgresJournal.open(url)];
  for (let round = 0; round < rounds; round += 1) {
    const ids = Array.from({ length: accounts }, () => freshId('account'));
    const results = await Promise.all(
      journals.map((journal, number) => {
        const countOf = (place: number) => (place % 2 === number ? 1 : many);
        return journal.append(ids.map((id, place) => beginning(...run(id, 1, countOf(place)))));
      }),
    );
    // Each account has one winner.
    const [left, right] = results;
    expect(left.map((result, place) => [result, right[place]].toSorted())).toEqual(
      ids.map(() => ['appended', 'conflict']),
    );
  }
  const deadlocks = "SELECT deadlocks::int FROM pg_stat_database WHERE datname = 'crossing'";
  await Promise.all(journals.map((journal) => journal.close()));
  expect(await postgres().query(deadlocks)).toEqual([{ deadlocks: 0 }]);
});
