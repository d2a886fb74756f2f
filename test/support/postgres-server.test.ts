import { type Ending, usePostgres } from './postgres-server';

const postgres = usePostgres();

test.each<Ending>(['fast', 'immediate', 'kill'])(
  'a server that ended by %s starts again',
  async (ending) => {
    const server = postgres();
    await server.createDatabase(`of_${ending}`);
    await server.stop(ending);
    expect(server.isRunning).toBe(false);
    await server.start();
    expect(await server.query('SELECT 1 AS one', `of_${ending}`)).toEqual([{ one: 1 }]);
  },
);
