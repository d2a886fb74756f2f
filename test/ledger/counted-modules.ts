import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  transformSync as instrument,
  type NodePath,
  type PluginObj,
  types as t,
} from '@babel/core';
import { transformSync as stripTypes } from '@swc/core';

/** Receives the steps of the instrumented code. */
interface StepSink {
  /** Called at the start of each function and of each iteration of a loop. */
  step(): void;
  /** Counts the elements of a value that is spread, and returns the value. */
  spread<Value>(value: Value): Value;
}

type Loaded = { exports: Record<string, unknown> };

/**
 * Loads modules, instrumented with calls of {@link StepSink} in every function, loop and spread,
 * apart from the test runner's own. The counts follow from the source alone, so every engine
 * counts the same. A module may import only relative TypeScript modules, which are instrumented
 * too.
 */
export class CountedModules {
  readonly #loaded = new Map<string, Loaded>();

  constructor(private readonly sink: StepSink) {}

  /** @param path of a TypeScript file, without its extension. */
  load<Module>(path: string): Module {
    return this.#module(`${path}.ts`).exports as Module;
  }

  #module(file: string): Loaded {
    const known = this.#loaded.get(file);
    if (known !== undefined) return known;
    const module: Loaded = { exports: {} };
    this.#loaded.set(file, module);
    const load = (name: string) => this.#module(`${resolve(dirname(file), name)}.ts`).exports;
    const run = new Function('exports', 'require', 'module', sinkName, instrumented(file));
    run(module.exports, load, module, this.sink);
    return module;
  }
}

const sinkName = 'stepSink';

function instrumented(file: string): string {
  const { code } = stripTypes(readFileSync(file, 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const options = { configFile: false, babelrc: false, compact: true, plugins: [countSteps] };
  return instrument(code, options)!.code!;
}

/** Babel's plugin: one visitor for each construct whose repetition costs time. */
const countSteps: PluginObj = {
  visitor: {
    Function: stepFirst,
    Loop: stepFirst,
    SpreadElement({ node, parent }) {
      if (!t.isObjectExpression(parent)) node.argument = callOfSink('spread', node.argument);
    },
  },
};

function stepFirst(path: NodePath<t.Function | t.Loop>): void {
  path.ensureBlock();
  (path.node.body as t.BlockStatement).body.unshift(stepStatement());
}

function stepStatement(): t.Statement {
  return t.expressionStatement(callOfSink('step'));
}

function callOfSink(method: keyof StepSink, ...values: t.Expression[]): t.Expression {
  return t.callExpression(t.memberExpression(t.identifier(sinkName), t.identifier(method)), values);
}
