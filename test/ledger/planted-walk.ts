/** A walk over so many elements, planted to show that the step counter sees one. */
export function walkAll(elements: number): number {
  let walked = 0;
  while (walked < elements) walked += 1;
  return walked;
}
