import type { Flags } from '../flags.ts';
import type { Row } from './row.ts';
import { markdownTable } from './table.ts';

/** RESULTS.md: what was measured, on what, and how each figure is to be read. */
export function resultsPage(
  rows: readonly Row[],
  machine: readonly string[],
  flags: Flags,
): string {
  return `# What \`npm run bench\` measured

${machine.map((line) => `- ${line}`).join('\n')}
- Date: ${new Date().toISOString().slice(0, 10)}
- Rates: ${flags.connections} connections, the median of ${flags.rounds} rounds of ${flags.seconds} s that take turns, after one round to warm up

${markdownTable(rows)}

## How to read it

- Everything runs on one machine over loopback: the servers, PostgreSQL, and the load, which takes its share
  of the processor from them. Ratios carry further than rates.
- Every answer is looked at: one that is not 200, or not \`"valid":true\`, ends the bench without results.
- **verify**: a thousand keys, each asked about as often as any other, with one permission. The bare server
  reads the body and answers the bytes of one of Keyward's answers. Express makes one prepared query of five
  tables with a pool of ten. better-auth has its defaults but for its limits, which are off; it writes to the
  key's row with each verification. Neither of the two counts usage, and both know their caller without a query;
  Keyward verifies its caller like any key.
- **sizes**: by Zipf's law with an exponent of 1, after each key has been asked about once. The last line is the
  rate of that first time.
- **limits**: a limit of up to 1,000 is exact at each request, which costs a statement for each; a larger one
  is taken in shares.
- **cold**: one request at a time, each about a key that the server has not seen yet.
- **memory**: the growth of a server's memory over the keys that it was asked about, each once.
- **revoke**: nodes that serve nothing else meanwhile; the answer counts the nodes that have acknowledged.
- **pages**: the bare query reads the columns of a page by the index, in this process. The target holds for the
  page as a client sees it, over HTTP; the line after it leaves out what a request takes that asks nothing.
`;
}
