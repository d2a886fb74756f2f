import { leftToCorrect, readPasted } from '../../web/src/paste/read-pasted';

const time = '2020-11-02T14:00:00Z';

async function reading(text: string) {
  const { rows, refused } = await readPasted(text, 'member', 'test');
  return [...rows, ...refused]
    .toSorted((left, right) => left.line - right.line)
    .map((item) => {
      if (item.kind === 'refused') return [item.line, item.code];
      const { accountId, payer, points, reference } = item.input;
      return [item.line, accountId, payer, points, reference];
    });
}

test.each([
  [`Bonus Points\t100\t${time}`, [[1, 'member', 'Bonus Points', 100, null]]],
  [`points,100,${time}`, [[1, 'member', 'points', 100, null]]],
  [`payer;100;${time};points`, [[1, 'member', 'payer', 100, 'points']]],
  [`"Points, double",5,${time}`, [[1, 'member', 'Points, double', 5, null]]],
  [`A;B,5,${time}`, [[1, 'member', 'A;B', 5, null]]],
  [`"A, B"\t5\t${time}\tr`, [[1, 'member', 'A, B', 5, 'r']]],
  [`\n\nA\t5\t${time}`, [[3, 'member', 'A', 5, null]]],
  [`\t5\t${time}`, [[1, 'INVALID_PAYER']]],
])('a first row with a cell that is not a column name is data: %j', async (text, rows) => {
  expect(await reading(text)).toEqual(rows);
});

test.each([
  `payer,points,timestamp\nA,5,${time}`,
  `Points\tPAYER\tTime stamp\n5\tA\t${time}`,
  `"payer";"points";"timestamp"\nA;5;${time}`,
  `payer, points, timestamp\nA,5,${time}`,
  `refused_line,refused_code,refused_reason,idempotency_key,payer,points,timestamp\n7,X,,,A,5,${time}`,
])('a first row in which every cell is a column name is a header: %j', async (text) => {
  expect(await reading(text)).toEqual([[2, 'member', 'A', 5, null]]);
  expect(await reading(`\r\n\n${text}`)).toEqual([[4, 'member', 'A', 5, null]]);
});

test('a header that lacks a column refuses the whole paste', async () => {
  await expect(readPasted('payer,points\nA,5', 'member', 'test')).rejects.toThrow(
    'Line 1: the column timestamp is missing',
  );
});

test.each([
  [`A\t1.000\t${time}`, 'write 1000 if it separates thousands'],
  [`A\t(100)\t${time}`, 'write -100'],
  [`A\t\u2212100\t${time}`, '"−" (U+2212, minus sign)'],
  [`A \t100\t${time}`, 'payer is "A ", which ends with U+0020 (space); write "A".'],
  [`OAK, "A", ${time}`, 'cell 2 (points) has a blank before its opening quote'],
  ['A\t100\t2020-11-02T14:00:00.1239Z', 'has the digits 9 after the millisecond'],
])('pasted rows follow the rules of files: %j is refused, %s', async (text, reason) => {
  const { rows, refused } = await readPasted(text, 'member', 'test');
  expect(rows).toEqual([]);
  expect(refused).toMatchObject([{ line: 1, reason: expect.stringContaining(reason) }]);
  expect(refused[0]!.reason).not.toContain('--');
});

test('the rows to correct are left as they were pasted, below a header', async () => {
  const left = [`A\t"1.000" \t${time}`, 'B\t 007\tx', 'C'];
  const { refused, header } = await readPasted(left.join('\n'), 'member', 'test');
  const names = 'payer\tpoints\ttimestamp';
  const text = leftToCorrect(
    refused.map(({ record }) => record),
    header,
  );
  expect(text).toBe(`${[names, ...left].join('\n')}\n`);
});
