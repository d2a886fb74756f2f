const v8 = require('node:v8');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * The environment of a test file: Node, with a context of its own.
 *
 * Jest compiles every module again for each file. For the modules of the server this takes 0.2 s of
 * CPU, half of the time of loading them. Here a worker compiles a module once and runs the script
 * in the context of each file. Jest calls `vm.compileFunction` to compile; if it no longer does,
 * modules are compiled as before.
 *
 * Jest also remembers in an `AsyncLocalStorage` which test an unhandled error belongs to. Before
 * Node 24 that makes every promise slower, and each file of a worker adds a storage that is never
 * disabled: together a tenth of the CPU. Tests run one after the other, so that a variable does.
 *
 * V8 optimizes a function again in the context of each file, and most files end before that pays.
 * It waits here until a function has run several times as long, which saves a sixth of the CPU of
 * short suites.
 */
module.exports = class SharedScriptsEnvironment extends TestEnvironment {
  constructor(...given) {
    super(...given);
    this.intervals = recordIntervals(this.global);
  }

  /**
   * Frees all that a file loaded. A worker would keep it: its heap grew by 5 MB with each file, and
   * a journal that opens a file again collects all garbage.
   */
  async teardown() {
    await super.teardown();
    for (const interval of this.intervals) clearInterval(interval);
    for (const entry of compiled.values()) entry.importModule = undefined;
  }
};

/** Returns the intervals that a file starts. A service that no test closes has one. */
function recordIntervals(global) {
  const intervals = [];
  const start = global.setInterval;
  global.setInterval = (...given) => {
    const interval = start(...given);
    intervals.push(interval);
    return interval;
  };
  return intervals;
}

v8.setFlagsFromString('--interrupt-budget=600000');

const compile = vm.compileFunction;
/** What was compiled, by the name of the file. */
const compiled = new Map();

vm.compileFunction = (source, parameters = [], options = {}) => {
  const { filename, parsingContext, importModuleDynamically, ...others } = options;
  if (!filename || !parsingContext || Object.keys(others).length > 0) {
    return compile(source, parameters, options);
  }
  const entry = entryOf(filename, withoutAsyncHooks(filename, source), parameters);
  entry.importModule = importModuleDynamically;
  return entry.script.runInContext(parsingContext);
};

function withoutAsyncHooks(filename, source) {
  if (!filename.endsWith('/jestAdapterInit.js')) return source;
  return source.replace('new _nodeAsync_hooks.AsyncLocalStorage()', `new (${RunningTest})()`);
}

/** Stands in for the `AsyncLocalStorage`, as long as no test is concurrent. */
class RunningTest {
  getStore() {
    return this.store;
  }

  async run(store, callback) {
    const outer = this.store;
    this.store = store;
    try {
      return await callback();
    } finally {
      this.store = outer;
    }
  }
}

function entryOf(filename, source, parameters) {
  const head = `(function (${parameters.join(', ')}) {`;
  const found = compiled.get(filename);
  if (found !== undefined && found.source === source && found.head === head) return found;
  const entry = { source, head, script: null, importModule: undefined };
  entry.script = new vm.Script(`${head}${source}\n})`, {
    filename,
    // Positions in the first line are those of the source.
    columnOffset: -head.length,
    importModuleDynamically: (...given) => entry.importModule(...given),
  });
  compiled.set(filename, entry);
  return entry;
}
