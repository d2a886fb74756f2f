type Walk = (elements: number) => unknown;

/** Linear walks, planted to show that the step counter detects each of them. */
export const plantedWalks: Readonly<Record<string, Walk>> = {
  'a loop': (elements) => {
    let walked = 0;
    while (walked < elements) walked += 1;
    return walked;
  },
  'a loop without a body': (elements) => {
    let walked = 0;
    for (; walked < elements; walked += 1);
    return walked;
  },
  'a loop over the values of a map': (elements) => {
    let sum = 0;
    for (const value of mapOf(elements).values()) sum += value;
    return sum;
  },
  'recursion over halves': (elements) => countHalves(elements),
  'a callback': (elements) => arrayOf(elements).some((value) => value === 1),
  'a method of arrays': (elements) => arrayOf(elements).indexOf(1),
  'a method of typed arrays': (elements) => typedOf(elements).indexOf(1),
  'a spread array': (elements) => [...arrayOf(elements)],
  'a spread map': (elements) => [...mapOf(elements)],
  'an array from a map': (elements) => Array.from(mapOf(elements)),
};

function countHalves(elements: number): number {
  if (elements <= 1) return elements;
  const half = Math.floor(elements / 2);
  return countHalves(half) + countHalves(elements - half);
}

const arrays = new Map<number, number[]>();
const typedArrays = new Map<number, Float64Array>();
const maps = new Map<number, Map<number, number>>();

/** Cached for each size, since making one is a walk as well. */
function arrayOf(elements: number): number[] {
  return made(arrays, elements, () => new Array(elements).fill(0));
}

function typedOf(elements: number): Float64Array {
  return made(typedArrays, elements, () => new Float64Array(elements));
}

function mapOf(elements: number): Map<number, number> {
  return made(maps, elements, () => new Map(arrayOf(elements).map((_zero, index) => [index, 0])));
}

function made<Collection>(
  collections: Map<number, Collection>,
  elements: number,
  make: () => Collection,
): Collection {
  const known = collections.get(elements);
  if (known !== undefined) return known;
  const collection = make();
  collections.set(elements, collection);
  return collection;
}
