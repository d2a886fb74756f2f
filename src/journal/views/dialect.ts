/** How a database writes what its views need and standard SQL does not have. */
export interface ViewDialect {
  /** Returns a member of a JSON object, as a text or an integer; null if it is missing. */
  text(object: string, member: string): string;
  integer(object: string, member: string): string;
  /** Returns a member that is true or false. */
  truth(object: string, member: string): string;
  /** Returns a member of a JSON object that is an array, as text without white space. */
  array(object: string, member: string): string;
  /** Returns a text as JSON. */
  json(text: string): string;
  /** Joins the elements of a JSON array as rows with a column `value`; none is left out. */
  leftJoin(array: string, name: string): string;
  join(array: string, name: string): string;
  /** Milliseconds since 1970 as an instant. */
  instant(milliseconds: string): string;
  /** Null as a text, and as an integer. */
  readonly noText: string;
  readonly noInteger: string;
  /** The clock, in milliseconds since 1970. */
  readonly now: string;
  /** Returns a sum of points as an integer. */
  whole(sum: string): string;
  least(left: string, right: string): string;
}
