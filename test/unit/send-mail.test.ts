import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { openMailServer } from '@keyward/server/accounts/mail/send-mail';
import { expect, test } from 'vitest';

test('a mail server that says nothing keeps nobody from stopping', async () => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const server = openMailServer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'keys@example.com' });
  const connected = once(silent, 'connection');
  const sent = server.send('ida@example.com', { subject: 'Hello', text: 'Hello', html: 'Hello' });
  const outcome = sent.then(
    () => 'sent',
    ({ code }) => code,
  );
  const [socket] = (await connected) as [Socket];
  const stoppedAt = performance.now();
  server.close();
  expect(await outcome).toBe('EABORT');
  // By itself it would wait ten seconds for a greeting.
  expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  socket.destroy();
  silent.close();
}, 20_000);
