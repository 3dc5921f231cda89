export interface RenewalLoop {
  /** Renews for the first time; rejects when that fails. */
  start(): Promise<void>;
  /** Renews now, or as soon as the renewal that is under way has ended. */
  hurry(): void;
  /** Waits for the renewal that is under way. */
  stop(): Promise<void>;
}

/**
 * Renews again and again, one at a time.
 * @param renew resolves with whether it is to be called again at once.
 */
export function createRenewalLoop(
  renew: () => Promise<boolean>,
  options: { everyMilliseconds: number; onError(error: unknown): void },
): RenewalLoop {
  let running: Promise<void> | undefined;
  let isHurried = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function renewUntilDone(): Promise<void> {
    do {
      isHurried = false;
      isHurried = (await renew()) || isHurried;
    } while (isHurried && !isStopped);
  }

  function run(): void {
    clearTimeout(timer);
    running = renewUntilDone()
      .catch(options.onError)
      .finally(() => {
        running = undefined;
        if (!isStopped) {
          timer = setTimeout(run, options.everyMilliseconds).unref();
        }
      });
  }

  return {
    async start() {
      await renewUntilDone();
      timer = setTimeout(run, options.everyMilliseconds).unref();
    },
    hurry() {
      isHurried = true;
      if (running === undefined && !isStopped) {
        run();
      }
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
