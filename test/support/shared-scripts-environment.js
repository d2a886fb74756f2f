const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/**
 * The environment of a test file: Node, with a context of its own.
 *
 * Jest compiles every module again for each file. For the modules of the server this takes 0.2 s of
 * CPU, half of the time of loading them. Here a worker compiles a module once and runs the script
 * in the context of each file. Jest calls `vm.compileFunction` to compile; if it no longer does,
 * modules are compiled as before.
 */
module.exports = TestEnvironment;

const compile = vm.compileFunction;
/** What was compiled, by the name of the file. */
const compiled = new Map();

vm.compileFunction = (source, parameters = [], options = {}) => {
  const { filename, parsingContext, importModuleDynamically, ...others } = options;
  if (!filename || !parsingContext || Object.keys(others).length > 0) {
    return compile(source, parameters, options);
  }
  const entry = entryOf(filename, source, parameters);
  entry.importModule = importModuleDynamically;
  return entry.script.runInContext(parsingContext);
};

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
