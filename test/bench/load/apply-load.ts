import { type Answer, type Connection, openConnection } from './connection.ts';

export interface Load {
  /** The servers that the connections are spread over, in turn. */
  urls: readonly string[];
  connections: number;
  /** The next request; null when nothing is left to ask. */
  next(): string | null;
  /** When it ends; without it, when nothing is left to ask. */
  seconds?: number;
  isRight(answer: Answer): boolean;
  /** Told of each answer, for one that the next request depends on. */
  onAnswer?(answer: Answer): void;
}

export interface LoadResult {
  /** Those that came in time, right ones and wrong ones. */
  answers: number;
  seconds: number;
  /** Right answers in a second. */
  rate: number;
  /** Of each right answer, sorted. */
  milliseconds: Float64Array;
}

/** Asks as fast as the servers answer, each connection one request at a time. Throws on wrong answers. */
export async function applyLoad(load: Load): Promise<LoadResult> {
  const tally = { answers: 0, wrong: 0, firstWrong: '', milliseconds: [] as number[] };
  const connections: Connection[] = [];
  let lastAnswerAt = 0;
  let deadline = Number.POSITIVE_INFINITY;
  const done = Promise.withResolvers<void>();
  // A server that ends while connections are being opened must not end the bench unhandled.
  done.promise.catch(() => {});
  let busy = load.connections;

  const ask = (connection: Connection) => {
    const request = performance.now() < deadline ? load.next() : null;
    if (request !== null) {
      connection.send(request);
      return;
    }
    busy -= 1;
    if (busy === 0) done.resolve();
  };
  const count = (answer: Answer) => {
    const now = performance.now();
    if (now > deadline) return;
    lastAnswerAt = now;
    tally.answers += 1;
    if (load.isRight(answer)) {
      tally.milliseconds.push(answer.milliseconds);
    } else {
      tally.wrong += 1;
      tally.firstWrong ||= `${answer.status} ${answer.body.slice(0, 500)}`;
    }
  };

  try {
    for (let index = 0; index < load.connections; index += 1) {
      const url = load.urls[index % load.urls.length] ?? '';
      const connection: Connection = await openConnection(url, {
        onAnswer(answer) {
          count(answer);
          load.onAnswer?.(answer);
          ask(connection);
        },
        onError: done.reject,
      });
      connections.push(connection);
    }
    const start = performance.now();
    if (load.seconds !== undefined) deadline = start + load.seconds * 1000;
    for (const connection of connections) ask(connection);
    await done.promise;
    const end = load.seconds === undefined ? lastAnswerAt : deadline;
    return conclude(tally, (end - start) / 1000);
  } finally {
    for (const connection of connections) connection.close();
  }
}

function conclude(
  tally: { answers: number; wrong: number; firstWrong: string; milliseconds: number[] },
  seconds: number,
): LoadResult {
  const { answers, wrong, firstWrong } = tally;
  if (wrong > 0 || answers === 0) {
    throw new Error(`${wrong} of ${answers} answers were wrong. The first: ${firstWrong}`);
  }
  const milliseconds = Float64Array.from(tally.milliseconds).sort();
  return { answers, seconds, rate: answers / seconds, milliseconds };
}
