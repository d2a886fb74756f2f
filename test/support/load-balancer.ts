import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port';
import { temporaryFolder } from './temporary-folder';

export type BalancerName = 'nginx' | 'haproxy' | 'envoy';

/** How a load balancer is started with its settings in `deploy/`. */
interface Kind {
  /** The file in `deploy/`. */
  readonly file: string;
  /** The listener as the file has it, and as the test needs it. */
  readonly listener: readonly [text: string, replacement: (port: number) => string];
  /** One server as the file has it. */
  readonly server: (address: string, port: number) => string;
  /** Writes what else the program needs, and returns its arguments. */
  readonly words: (settings: string, folder: string) => readonly string[];
}

const kinds: Readonly<Record<BalancerName, Kind>> = {
  nginx: {
    file: 'nginx.conf',
    listener: ['listen 80;', (port) => `listen 127.0.0.1:${port};`],
    server: (address, port) => `${address}:${port}`,
    words: nginxWords,
  },
  haproxy: {
    file: 'haproxy.cfg',
    listener: ['bind :80', (port) => `bind 127.0.0.1:${port}`],
    server: (address, port) => `${address}:${port}`,
    words: (settings) => ['-db', '-f', settings],
  },
  envoy: {
    file: 'envoy.yaml',
    listener: [
      'address: 0.0.0.0, port_value: 80 }',
      (port) => `address: 127.0.0.1, port_value: ${port} }`,
    ],
    server: (address, port) => `address: ${address}, port_value: ${port} }`,
    words: (settings) => ['--concurrency', '1', '--use-dynamic-base-id', '-c', settings],
  },
};

/** The servers in the files of `deploy/`. */
const addresses = ['10.0.0.11', '10.0.0.12', '10.0.0.13'];
const serverPort = 4_000;
const startMsMax = 15_000;

/** Returns the path of the program; null if it is not installed. `ENVOY_BIN` names Envoy's. */
export function balancerProgram(name: BalancerName): string | null {
  const chosen = name === 'envoy' ? process.env.ENVOY_BIN : undefined;
  if (chosen !== undefined) return resolve(chosen);
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A load balancer that runs with its file in `deploy/`, where only addresses are replaced. */
export class LoadBalancer {
  private constructor(
    readonly port: number,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** @param ports of the servers on this machine; one to four. Resolves when it listens. */
  static async start(name: BalancerName, ports: readonly number[]): Promise<LoadBalancer> {
    const program = balancerProgram(name);
    if (program === null) throw new Error(`${name} is not installed.`);
    const folder = temporaryFolder(name);
    const kind = kinds[name];
    const port = await freePort();
    const settings = join(folder, kind.file);
    writeFileSync(settings, settingsFor(kind, port, ports));
    const child = spawn(program, kind.words(settings, folder), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    for (let waited = 0; !(await listens(port)); waited += 20) {
      if (child.exitCode !== null || waited > startMsMax) {
        throw new Error(`${name} does not start:\n${errors}`);
      }
      await pause(20);
    }
    return new LoadBalancer(port, child, folder);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.process.pid!;
  }

  async stop(): Promise<void> {
    const ended = once(this.process, 'close');
    // nginx kills its workers on SIGTERM, but not if it is killed itself.
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Returns the file of `deploy/` with these addresses; a fourth server gets a line as the third. */
function settingsFor(kind: Kind, port: number, ports: readonly number[]): string {
  const [listener, replacement] = kind.listener;
  const text = readFileSync(join(deployFolder(), kind.file), 'utf8');
  const lines = text.split('\n');
  const isServer = (line: string) => addresses.some((address) => line.includes(address));
  const first = lines.findIndex(isServer);
  const found = lines.slice(first, first + addresses.length);
  if (!text.includes(listener) || !found.every(isServer)) {
    throw new Error(`${kind.file} is not as the tests know it.`);
  }
  const servers = ports.map((each, index) => {
    const place = Math.min(index, addresses.length - 1);
    const server = kind.server(addresses[place], serverPort);
    return found[place].replace(server, kind.server('127.0.0.1', each));
  });
  return [...lines.slice(0, first), ...servers, ...lines.slice(first + addresses.length)]
    .join('\n')
    .replace(listener, replacement(port));
}

/**
 * Returns the folder `deploy` of the project; the benchmark compiles this file into `bench/dist`.
 */
function deployFolder(): string {
  const levels = ['../..', '../../../..'];
  return levels.map((each) => resolve(__dirname, each, 'deploy')).find((path) => existsSync(path))!;
}

/** Writes nginx's main file, which includes the settings as Debian's does. */
function nginxWords(settings: string, folder: string): readonly string[] {
  const path = join(folder, 'main.conf');
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const lines = [
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    'daemon off;',
    'worker_processes 2;',
    `pid ${folder}/nginx.pid;`,
    'error_log stderr crit;',
    'events { worker_connections 4096; }',
    'http {',
    'access_log off;',
    // The load of the benchmark knows no connection that is closed after 1,000 requests.
    'keepalive_requests 1000000;',
    ...kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`),
    `include ${settings};`,
    '}',
  ];
  writeFileSync(path, lines.join('\n'));
  return ['-c', path, '-p', folder, '-e', 'stderr'];
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
