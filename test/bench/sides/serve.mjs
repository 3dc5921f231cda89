// What every side has in common: its options as JSON in its argument, its address to the bench by IPC.

/**
 * Starts a side on a free port of loopback and tells the bench where, with what `tell` adds.
 * @param {(options: any) => Promise<{listen: Function}>} create makes a server of node:http, or an Express app
 * @param {() => object} tell
 */
export async function serve(create, tell = () => ({})) {
  // Nobody is left to be served once the bench has gone.
  process.once('disconnect', () => process.exit());
  const app = await create(JSON.parse(process.argv[2] ?? '{}'));
  const server = app.listen(0, '127.0.0.1', () => {
    process.send({ url: `http://127.0.0.1:${server.address().port}`, ...tell() });
  });
}
