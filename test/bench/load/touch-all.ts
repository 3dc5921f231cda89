import { say } from '../report/say.ts';
import { applyLoad } from './apply-load.ts';
import { eachOnce, isValid } from './verify-requests.ts';

/** Asks about each key once, and answers how many a second that were. */
export async function touchAll(
  url: string,
  callerSecret: string,
  secrets: readonly string[],
  connections: number,
): Promise<number> {
  let answered = 0;
  const progress = setInterval(
    () => say(`  touched ${answered} of ${secrets.length} keys`),
    10_000,
  );
  try {
    const { rate } = await applyLoad({
      urls: [url],
      connections,
      next: eachOnce(callerSecret, secrets),
      isRight: isValid,
      onAnswer() {
        answered += 1;
      },
    });
    return rate;
  } finally {
    clearInterval(progress);
  }
}
