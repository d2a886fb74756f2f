import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';
import { exampleFiles, filesNamed } from './documented-files';

const root = resolve(__dirname, '../..');
const documentedServer = 'http://127.0.0.1:4000';

export interface ViteProject {
  readonly origin: string;
  /** Writes the documented main.js: the one with a proxy, or the one without. */
  writeMain(kind: 'with a proxy' | 'without a proxy', server?: string): void;
  stop(): Promise<void>;
}

/**
 * Starts Vite with the front end of docs/clients.md, on a port that the system chooses.
 * @param server its proxy's target, instead of the documented one.
 */
export async function startViteProject(server: string): Promise<ViteProject> {
  const folder = temporaryFolder('vite');
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const [config] = filesNamed('vite.config.js', 'js');
  const [show] = filesNamed('show.js', 'js');
  write('package.json', '{ "type": "module" }');
  write('index.html', '<!doctype html><body><script type="module" src="/main.js"></script>');
  write('vite.config.js', config!.replace(documentedServer, server));
  write('show.js', show!);
  for (const [name, text] of exampleFiles()) write(name, text);
  mkdirSync(join(folder, 'client'));
  const operations = join(root, 'src/operations/generated/operations.ts');
  write('client/operations.ts', readFileSync(operations, 'utf8'));
  for (const name of ['@apollo/client', 'graphql', 'graphql-ws', 'rxjs']) link(name, folder);
  const writeMain: ViteProject['writeMain'] = (kind, target = documentedServer) => {
    const mains = filesNamed('main.js', 'js');
    const main = mains.find(
      (text) => text.includes(documentedServer) === (kind === 'without a proxy'),
    );
    write('main.js', main!.replace(documentedServer, target));
  };
  writeMain('with a proxy');
  const vite = spawnVite(folder);
  return {
    origin: await originOf(vite),
    writeMain,
    async stop() {
      vite.kill('SIGKILL');
      await once(vite, 'close');
    },
  };
}

function link(name: string, folder: string): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), path);
}

function spawnVite(cwd: string): ChildProcess {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  return spawn(process.execPath, [vite, '--host', '127.0.0.1', '--port', '0'], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function originOf(vite: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk;
      const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (origin !== undefined) found(origin);
    };
    vite.stdout!.on('data', read);
    vite.stderr!.on('data', read);
    vite.once('close', () => failed(new Error(`Vite ended: ${text}`)));
  });
}
