import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sink, startSmtpSink } from '../crash/smtp-sink.ts';
import { type RunningSite, startSite } from './start-site.ts';

const [owner, mailbox] = ['ada@example.org', 'messaging@example.org'];
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

let site: RunningSite;
let sink: Sink;
beforeAll(async () => {
  sink = await startSmtpSink({ deferOneIn: Number.POSITIVE_INFINITY });
  site = await startSite({
    KBALERTZ_SMTP: `smtp://127.0.0.1:${sink.port}`,
    KBALERTZ_MAIL_FROM: 'alerts@kb.example.org',
  });
});
afterAll(async () => {
  await site?.stop();
  await sink?.close();
});

/** Sends a form as a browser does, without following where it leads. */
async function post(url: string, fields: Record<string, string>, cookie = '') {
  const answer = await fetch(new URL(url, site.url), {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', cookie },
    redirect: 'manual',
  });
  expect(answer.status, url).toBeLessThan(400);
  return answer;
}

const mailsTo = (address: string) => sink.acceptances.filter(({ recipient }) => recipient === address);

async function waitForMail(address: string) {
  for (let tries = 0; mailsTo(address).length === 0; tries += 1) {
    if (tries > 300) throw new Error(`No mail came to ${address}.`);
    await sleep(100);
  }
  return simpleParser(Buffer.from(mailsTo(address)[0]?.text ?? '', 'latin1'));
}

test('a team’s digest goes to its shared mailbox once the mailbox is proven, and stands on its board', async () => {
  await site.run('subscribe', owner, '--technology', 'Windows Update', '--vouched');
  const { link } = JSON.parse((await site.run('user', 'sign-in-link', owner, '--json')).out);
  const signedIn = await post(link, {});
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const made = await post('/teams', { name: 'Messaging' }, cookie);
  const team = (made.headers.get('location') ?? '').replace(/\/following.*/, '');
  await post(`${team}/following`, { technology: 'Windows Update' }, cookie);

  await post(`${team}/members/mailbox`, { address: mailbox }, cookie);
  const letter = await waitForMail(mailbox);
  const proof = /https?:\/\/\S+\/change-address\/[\w-]+/.exec(letter.text ?? '')?.[0] ?? '';
  expect(letter.text).toContain('Messaging');
  await post(new URL(proof).pathname, {});

  await site.run('scan', 'starter', '--now', later(1));
  // Planned for a day to come, so that no worker of the site has it: what is planned and sent twice goes once.
  for (const step of ['plan', 'send', 'plan', 'send']) await site.run('digest', step, '--now', later(2));
  const [, digest, ...more] = mailsTo(mailbox);
  expect([digest !== undefined, more]).toEqual([true, []]);
  expect(mailsTo(owner)).toHaveLength(1);
  const mail = await simpleParser(Buffer.from(digest?.text ?? '', 'latin1'));
  const own = await simpleParser(Buffer.from(mailsTo(owner)[0]?.text ?? '', 'latin1'));
  expect(mail.subject).toBe(own.subject);
  expect(digest?.text).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  const articles = [...new Set((mail.text ?? '').match(/\/a\/\d+/g))];
  expect(articles.length).toBeGreaterThan(0);
  expect([...new Set((own.text ?? '').match(/\/a\/\d+/g))]).toEqual(articles);

  const board = await (await fetch(new URL(team, site.url), { headers: { cookie } })).text();
  for (const path of articles) expect(board).toContain(`href="${path}`);
});
