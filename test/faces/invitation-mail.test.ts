import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleClient } from '../support/console-client.ts';
import { type MailServer, startMailServer, tokenIn } from '../support/mail-server.ts';
import { makeTenant, type SignedIn, signInMember, type Tenant } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { uniqueName } from '../support/unique-name.ts';

let mail: MailServer;
let keyward: TestKeyward;
let tenant: Tenant;
let admin: SignedIn;
beforeAll(async () => {
  mail = await startMailServer();
  keyward = await startTestKeyward({ smtpUrl: mail.url, mailFrom: 'keys@example.com' });
  tenant = await makeTenant(keyward);
  admin = await signInMember(keyward, { organizationId: tenant.id, role: 'admin' });
});
afterAll(async () => {
  await keyward[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

const newEmail = () => `${uniqueName('ida')}@example.com`.toLowerCase();
const trpc = () => admin.within(tenant.id);
const mailOf = async (id: string) =>
  (await trpc().invitations.list.query()).find((one) => one.id === id)?.mail ?? null;

describe('an invitation', () => {
  test('is mailed, and either link lets in, once', async () => {
    for (const by of ['mail', 'link'] as const) {
      const email = newEmail();
      const made = await trpc().members.invite.mutate({ email, role: 'member' });
      expect(made.isMailed).toBe(true);
      const mailed = tokenIn(await mail.mailTo(email), 'join');
      const shown = made.url.split('#')[1] ?? '';
      expect(mailed).not.toBe(shown);
      await expect.poll(() => mailOf(made.id)).toEqual({ status: 'sent', failure: null });
      const stranger = consoleClient(keyward.url);
      const invitation = by === 'mail' ? mailed : shown;
      await stranger.trpc.account.signUp.mutate({
        email,
        name: 'Ida',
        password: 'a long password',
        invitation,
      });
      expect(await stranger.trpc.organizations.list.query()).toMatchObject([{ id: tenant.id }]);
      for (const token of [mailed, shown]) {
        await expect(stranger.trpc.invitations.look.mutate({ token })).rejects.toThrow('was used');
      }
    }
  });

  test('that was mailed again, or taken back, is not let in by the mail before', async () => {
    const email = newEmail();
    const { id, url } = await trpc().members.invite.mutate({ email, role: 'member' });
    const first = tokenIn(await mail.mailTo(email), 'join');
    await trpc().invitations.mail.mutate({ id });
    const second = tokenIn(await mail.mailTo(email, 1), 'join');
    const stranger = consoleClient(keyward.url);
    const look = (token: string) => stranger.trpc.invitations.look.mutate({ token });
    await expect(look(first)).rejects.toThrow('was used');
    expect((await look(second)).email).toBe(email);
    expect((await look(url.split('#')[1] ?? '')).email).toBe(email);
    await trpc().invitations.cancel.mutate({ id });
    await expect(look(second)).rejects.toThrow('was used');
    await expect(trpc().invitations.mail.mutate({ id })).rejects.toThrow('not open any more');
  });

  test('that the mail server refuses says why, and can be mailed again, a few times', async () => {
    const email = newEmail();
    mail.refusals.recipient = '550 no such mailbox';
    const { id } = await trpc().members.invite.mutate({ email, role: 'member' });
    await expect
      .poll(() => mailOf(id))
      .toEqual({ status: 'failed', failure: 'The mail server refused this address.' });
    mail.refusals.recipient = '451 later';
    await trpc().invitations.mail.mutate({ id });
    await expect
      .poll(() => mailOf(id))
      .toEqual({ status: 'waiting', failure: 'The mail server did not take the mail (451).' });
    mail.refusals.recipient = null;
    await trpc().invitations.mail.mutate({ id });
    await mail.mailTo(email);
    await expect.poll(async () => (await mailOf(id))?.status).toBe('sent');
    await trpc().invitations.mail.mutate({ id });
    await expect(trpc().invitations.mail.mutate({ id })).rejects.toThrow('Try again');
  });

  test('is not mailed without end by being renewed: the one before stays as it is', async () => {
    const email = newEmail();
    let { id } = await trpc().members.invite.mutate({ email, role: 'member' });
    await mail.mailTo(email);
    for (let time = 1; time <= 3; time += 1) {
      ({ id } = await trpc().invitations.renew.mutate({ id }));
      // One whose invitation ends before it leaves is not sent, and does not count.
      await mail.mailTo(email, time);
    }
    await expect(trpc().invitations.renew.mutate({ id })).rejects.toThrow('enough mail');
    await expect(trpc().members.invite.mutate({ email, role: 'member' })).rejects.toThrow(
      'enough mail',
    );
    const open = (await trpc().invitations.list.query()).filter((one) => one.email === email);
    expect(open.map((one) => [one.id, one.status])).toEqual([[id, 'open']]);
  });

  test('of another organization is as unknown as one that never was, and members mail none', async () => {
    const { id } = await trpc().members.invite.mutate({ email: newEmail(), role: 'member' });
    const other = await makeTenant(keyward);
    const theirs = await signInMember(keyward, { organizationId: other.id, role: 'admin' });
    await expect(theirs.within(other.id).invitations.mail.mutate({ id })).rejects.toThrow(
      'no such invitation',
    );
    const member = await signInMember(keyward, { organizationId: tenant.id });
    await expect(member.within(tenant.id).invitations.mail.mutate({ id })).rejects.toThrow(
      'Only an owner or admin',
    );
  });
});

test('23: a name with CRLF in it makes no header of its own', async () => {
  const hostile = `Acme\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script> & "Sons"`;
  await keyward.database.transaction(async (transaction) => {
    await transaction.execute(`select set_config('keyward.changes_authority', 'on', true)`);
    await transaction.execute(
      `update organizations set name = E'${hostile.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}' where id = '${tenant.id}'`,
    );
  });
  const email = newEmail();
  await trpc().members.invite.mutate({ email, role: 'member' });
  const received = await mail.mailTo(email);
  expect(received.to).toEqual([email]);
  expect(received.headers.has('bcc')).toBe(false);
  expect(received.headers.get('subject')).toEqual([
    'Join Acme Bcc: eve@example.com <script>alert(1)</script> & "Sons" on Keyward',
  ]);
  expect(received.html).not.toContain('<script>');
  expect(received.html).toContain('&lt;script&gt;');
});
