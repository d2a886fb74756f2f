import { type ClassType, Field, ObjectType } from 'type-graphql';
import { PageInfo } from './page-info';

/** A page of nodes in the order of their connection. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/**
 * What the edge classes are made of: cursors are encoded when asked for, as many pages are read by
 * their nodes.
 */
export function edgeType<Node extends object>(nodeType: () => object) {
  @ObjectType({ simpleResolvers: true })
  abstract class Edge {
    readonly #cursorOf: (node: Node) => string;

    @Field(() => nodeType(), { description: 'What stands at this place.' })
    readonly node: Node;

    constructor(node: Node, cursorOf: (node: Node) => string) {
      this.node = node;
      this.#cursorOf = cursorOf;
    }

    @Field(() => String, {
      description: 'The place in the connection, opaque, for after and before. It stays valid.',
    })
    get cursor(): string {
      return this.#cursorOf(this.node);
    }
  }
  return Edge;
}

interface EdgeOf<Node> {
  readonly node: Node;
  readonly cursor: string;
}

/** What the connection classes are made of. */
export function connectionType<Node extends object>(
  nodeType: () => object,
  edgeClass: ClassType<EdgeOf<Node>>,
) {
  @ObjectType({ simpleResolvers: true })
  abstract class Connection {
    readonly #page: Page<Node>;
    readonly #cursorOf: (node: Node) => string;

    constructor(page: Page<Node>, cursorOf: (node: Node) => string) {
      this.#page = page;
      this.#cursorOf = cursorOf;
    }

    @Field(() => [edgeClass], { description: 'The page, each of it with its cursor.' })
    get edges(): EdgeOf<Node>[] {
      return this.#page.nodes.map((node) => new edgeClass(node, this.#cursorOf));
    }

    @Field(() => [nodeType()], { description: 'The page without cursors.' })
    get nodes(): readonly Node[] {
      return this.#page.nodes;
    }

    @Field(() => PageInfo, { description: 'What stands beside the page.' })
    get pageInfo(): PageInfo {
      const { nodes, hasNext, hasPrevious } = this.#page;
      const [start, end] = [nodes.at(0), nodes.at(-1)];
      return {
        hasNextPage: hasNext,
        hasPreviousPage: hasPrevious,
        startCursor: start === undefined ? null : this.#cursorOf(start),
        endCursor: end === undefined ? null : this.#cursorOf(end),
      };
    }
  }
  return Connection;
}
