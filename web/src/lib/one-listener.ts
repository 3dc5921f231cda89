/** For `useSyncExternalStore`, where one component of the page listens. */
export function createOneListener() {
  let tell = () => {};
  return {
    tell: () => tell(),
    subscribe(listener: () => void): () => void {
      tell = listener;
      return () => {
        tell = () => {};
      };
    },
  };
}
