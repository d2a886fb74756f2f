import { emptyDataFolder } from '../support/data-folder';
import type { Section } from '../support/section';
import { measureBulk, presentBulk } from './bulk';
import { startServers, stopServers } from './contenders';
import { Load } from './load';
import { measureSmall, presentSmall } from './small-requests';

export const httpSection: Section = {
  name: 'http',
  title: 'Whole path over HTTP: the servers on one processor, the load on another',
  async run() {
    const folder = emptyDataFolder('http');
    const servers = await startServers(folder);
    const load = await Load.start();
    try {
      const small = await measureSmall(servers, load);
      const bulk = await measureBulk(servers.ledger, load, folder);
      return { figures: [...small, ...bulk], tables: [...presentSmall(small), presentBulk(bulk)] };
    } finally {
      await load.stop();
      await stopServers(servers);
    }
  },
};
