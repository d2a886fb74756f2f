import { type ClassType, Field, ObjectType } from 'type-graphql';
import { PageInfo } from './page-info';

/** A page of nodes in the order of their connection. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Leaves a field as it is. */
const undecorated: PropertyDecorator & MethodDecorator = () => {};

/**
 * Returns the base class of an edge type. Cursors are encoded lazily: many pages need none.
 * @param decorateNode decorates the field with the node.
 */
export function edgeType<Node extends object>(
  nodeType: () => object,
  decorateNode = undecorated,
): EdgeClass<Node> {
  @ObjectType({ simpleResolvers: true })
  abstract class Edge {
    readonly #cursorOf: (node: Node) => string;

    @decorateNode
    @Field(() => nodeType(), { description: 'The node at this place.' })
    readonly node: Node;

    constructor(node: Node, cursorOf: (node: Node) => string) {
      this.node = node;
      this.#cursorOf = cursorOf;
    }

    @Field(() => String, {
      description: 'An opaque position in the connection, for after and before. It stays valid.',
    })
    get cursor(): string {
      return this.#cursorOf(this.node);
    }
  }
  return Edge;
}

export interface EdgeOf<Node> {
  readonly node: Node;
  readonly cursor: string;
}

export type EdgeClass<Node> = abstract new (
  node: Node,
  cursorOf: (node: Node) => string,
) => EdgeOf<Node>;

export interface ConnectionOf<Node> {
  readonly edges: EdgeOf<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

export type ConnectionClass<Node> = abstract new (
  page: Page<Node>,
  cursorOf: (node: Node) => string,
) => ConnectionOf<Node>;

/**
 * Returns the base class of a connection type.
 * @param decorateNodes decorates the field with the nodes.
 */
export function connectionType<Node extends object>(
  nodeType: () => object,
  edgeClass: ClassType<EdgeOf<Node>>,
  decorateNodes = undecorated,
): ConnectionClass<Node> {
  @ObjectType({ simpleResolvers: true })
  abstract class Connection {
    readonly #page: Page<Node>;
    readonly #cursorOf: (node: Node) => string;

    constructor(page: Page<Node>, cursorOf: (node: Node) => string) {
      this.#page = page;
      this.#cursorOf = cursorOf;
    }

    @Field(() => [edgeClass], { description: 'The nodes of the page with their cursors.' })
    get edges(): EdgeOf<Node>[] {
      return this.#page.nodes.map((node) => new edgeClass(node, this.#cursorOf));
    }

    @decorateNodes
    @Field(() => [nodeType()], { description: 'The nodes of the page.' })
    get nodes(): readonly Node[] {
      return this.#page.nodes;
    }

    @Field(() => PageInfo, {
      description: 'Whether there are further pages, and the cursors of this page.',
    })
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
