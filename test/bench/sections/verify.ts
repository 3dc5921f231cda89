import { alternate } from '../load/alternate.ts';
import { evenly, verifyBody, verifyPath } from '../load/verify-requests.ts';
import { rowsOf } from '../report/row.ts';
import { say } from '../report/say.ts';
import type { Stage } from '../stage/open-stage.ts';
import { startKeyward, startSide } from '../stage/processes.ts';
import { seedKeys } from '../stage/seed-keys.ts';
import type { Section } from './section.ts';

const keyCount = 1000;
const express = 'Express 5, express.json(), one query';
const betterAuth = 'better-auth, API-key plugin';
const bare = 'node:http, the same bytes';

/** Keyward beside the floor, what people write by hand, and a library that they take. */
export const verify: Section = {
  name: 'verify',
  async run(stage, flags) {
    await using started = new AsyncDisposableStack();
    const { organizationId, callerSecret } = stage;
    const databaseUrl = await stage.createDatabase();
    const secrets = await seedKeys(databaseUrl, { organizationId, count: keyCount });
    const next = evenly(callerSecret, secrets);
    const one = started.use(await startKeyward(databaseUrl));
    const two = started.use(await startKeyward(databaseUrl, { workers: 2 }));
    const answer = await takeAnswer(one.url, callerSecret, secrets[0] ?? '');
    const floor = started.use(await startSide('bare', answer));
    const byHand = started.use(await startSide('express', { databaseUrl, callerSecret }));
    const library = started.use(await startLibrary(stage));

    const rate = await alternate(
      [
        { name: bare, urls: [floor.url], next },
        { name: express, urls: [byHand.url], next },
        { name: betterAuth, urls: [library.url], next: evenly(callerSecret, library.told.secrets) },
        { name: 'Keyward', urls: [one.url], next },
        { name: 'Keyward, 2 workers', urls: [two.url], next },
      ],
      flags,
    );
    const row = rowsOf('verify');
    const keyward = rate('Keyward');
    return [
      row.perSecond('Keyward, KEYWARD_WORKERS=1', keyward),
      row.perSecond(bare, rate(bare)),
      row.perSecond(express, rate(express)),
      row.perSecond(betterAuth, rate(betterAuth)),
      row.ratio(`Keyward : ${bare}`, keyward / rate(bare), { atLeast: 0.7 }),
      row.ratio(`Keyward : ${express}`, keyward / rate(express), { atLeast: 5 }),
      row.ratio(`Keyward : ${betterAuth}`, keyward / rate(betterAuth), { atLeast: 20 }),
      row.perSecond('Keyward, KEYWARD_WORKERS=2', rate('Keyward, 2 workers')),
      row.ratio('2 workers : 1 worker', rate('Keyward, 2 workers') / keyward),
    ];
  },
};

/** It writes to a key's row with each verification, so it too is asked about many keys. */
async function startLibrary(stage: Stage) {
  say('  making the keys of better-auth');
  return startSide<{ secrets: string[] }>('better-auth', {
    databaseUrl: await stage.createEmptyDatabase(),
    callerSecret: stage.callerSecret,
    keyCount,
  });
}

/** An answer of Keyward's, for the floor to repeat. */
async function takeAnswer(url: string, callerSecret: string, secret: string) {
  const answer = await fetch(`${url}${verifyPath}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${callerSecret}`, 'Content-Type': 'application/json' },
    body: verifyBody(secret),
  });
  return { body: await answer.text(), contentType: answer.headers.get('content-type') };
}
