import type { Page } from 'playwright-core';

export interface Answer {
  procedure: string;
  bytes: number;
  data: unknown;
}

/** Every answer of the API that the page asks for from now on. */
export function watchAnswers(page: Page): () => Promise<Answer[]> {
  const answers: Promise<Answer[]>[] = [];
  page.on('response', (response) => {
    const [, procedures] = /\/trpc\/([^?]+)/.exec(response.url()) ?? [];
    if (procedures !== undefined) {
      const answer = response.json().then((batch: { result?: { data?: unknown } }[]) =>
        procedures.split(',').map((procedure, index) => ({
          procedure,
          bytes: JSON.stringify(batch[index] ?? null).length,
          data: batch[index]?.result?.data,
        })),
      );
      // The page may be closed before it is read, when nobody asks for it any more.
      answer.catch(() => {});
      answers.push(answer);
    }
  });
  return async () => (await Promise.all(answers)).flat();
}
