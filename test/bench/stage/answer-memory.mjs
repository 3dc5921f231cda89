// Loaded into a server by --import, so that the bench can ask how much memory it needs after a collection.
// It needs --expose-gc, and an IPC channel to the bench.
process.on('message', () => {
  // The second finds what the first has made collectable.
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage());
});
// The channel must not keep a server up that would end.
process.channel.unref();
