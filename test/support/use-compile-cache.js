const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');
const vm = require('node:vm');

/**
 * Loaded before a program that a test starts on Node 20: takes the compiled modules, and where they
 * were found, from the cache file that `TEST_COMPILE_CACHE` names. A server starts with 0.6 s of
 * CPU instead of 1 s. Later versions of Node do this themselves, see `NODE_COMPILE_CACHE`.
 *
 * If the file is missing, the process writes it when it exits. V8 rejects what another V8 compiled,
 * or what a source of another length gave, and compiles. The file belongs to one build and to one
 * package-lock.json, so that the sources are the same.
 */
const path = process.env.TEST_COMPILE_CACHE;
const cached = existsSync(path) ? read() : null;
const scripts = new Map();
const compile = Module.prototype._compile;

Module.prototype._compile = function (source, filename, ...others) {
  // A script from a cache cannot import dynamically in Node 20.
  if (/\bimport\s*\(/.test(source)) return compile.call(this, source, filename, ...others);
  const script = new vm.Script(Module.wrap(source.replace(/^#!/, '//')), {
    filename,
    cachedData: cached?.get(filename),
  });
  if (cached === null) scripts.set(filename, script);
  const run = script.runInThisContext();
  const own = [this.exports, requireFor(this), this, filename, dirname(filename)];
  return run.apply(this.exports, own);
};

if (cached === null) process.on('exit', write);

/** Returns the `require` of a module, as Node makes it. */
function requireFor(module) {
  const require = (id) => module.require(id);
  const resolve = (id, options) => Module._resolveFilename(id, module, false, options);
  resolve.paths = (id) => Module._resolveLookupPaths(id, module);
  const { _extensions: extensions, _cache: cache } = Module;
  return Object.assign(require, { resolve, main: process.mainModule, extensions, cache });
}

/** Reads the file: the length of a list, the list in JSON, and the compiled modules. */
function read() {
  const file = readFileSync(path);
  let at = 4 + file.readUInt32LE(0);
  const { paths, lengths } = JSON.parse(file.toString('utf8', 4, at));
  Object.assign(Module._pathCache, paths);
  return new Map(
    lengths.map(([name, length]) => {
      at += length;
      return [name, file.subarray(at - length, at)];
    }),
  );
}

function write() {
  const compiled = [...scripts].map(([name, script]) => [name, script.createCachedData()]);
  const lengths = compiled.map(([name, { length }]) => [name, length]);
  const list = Buffer.from(JSON.stringify({ paths: Module._pathCache, lengths }));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(list.length);
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, Buffer.concat([head, list, ...compiled.map(([, data]) => data)]));
  renameSync(temporary, path);
}
