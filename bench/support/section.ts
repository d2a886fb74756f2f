import type { Table } from './table';

/** One part of the benchmark. It can be run alone by its name. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** @param options words that begin with `--`; most sections have none. */
  run(options: readonly string[]): Promise<SectionResult>;
}

export interface SectionResult {
  readonly tables: readonly Table[];
  /** Every figure of the tables with its unit in its name, for machines. */
  readonly figures: readonly object[];
}
