import type { ServerResponse } from 'node:http';
import type { RestAnswer } from './route.ts';
import { sendAnswer } from './send-answer.ts';

interface Waiting {
  response: ServerResponse;
  answer: RestAnswer;
  /** Names and values in turn. */
  headers: readonly string[];
}

/**
 * Returns a function that writes an answer at the end of this turn of the event loop, after all requests
 * that came in with it were judged. Each write may wake whoever reads: written one by one between the
 * judgements, a loaded server spends a third of its time on that (`npm run bench`).
 * @param onError told of an answer that could not be written; its client is cut off.
 */
export function createAnswerQueue(onError: (error: unknown) => void): (answer: Waiting) => void {
  let waiting: Waiting[] = [];

  function writeAll(): void {
    const turn = waiting;
    waiting = [];
    for (const { response, answer, headers } of turn) {
      try {
        sendAnswer(response, answer, headers);
      } catch (error) {
        response.destroy();
        onError(error);
      }
    }
  }

  return (answer) => {
    if (waiting.length === 0) {
      setImmediate(writeAll);
    }
    waiting.push(answer);
  };
}
