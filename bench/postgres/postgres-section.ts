import type { Section } from '../support/section';
import { measureBulk, presentBulk } from './bulk';
import { startDatabase } from './database';
import { measureLoading, presentLoading } from './loading';
import { measureProcesses, presentProcesses } from './processes';
import { measureRequests, presentRequests } from './requests';

export const postgresSection: Section = {
  name: 'postgres',
  title: 'PostgreSQL: the whole path over HTTP, beside one locked transaction per request',
  async run() {
    const database = await startDatabase();
    try {
      const requests = await measureRequests(database);
      const bulk = await measureBulk(database);
      const processes = await measureProcesses(database);
      const loading = await measureLoading(database);
      return {
        figures: [...requests, ...bulk, ...processes, ...loading],
        tables: [
          presentRequests(requests),
          presentBulk(bulk),
          presentProcesses(processes),
          presentLoading(loading),
        ],
      };
    } finally {
      await database.stop();
    }
  },
};
