import { cpus, loadavg } from 'node:os';

/** Returns where and when the figures were measured. */
export function machine(): Record<string, string> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${processors.length} × ${processors[0].model.trim()}`,
    node: `Node ${process.version.slice(1)}`,
    load: `load before the run ${loadavg()[0].toFixed(2)}`,
  };
}
