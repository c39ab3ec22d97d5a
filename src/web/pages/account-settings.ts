import { asId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { problemPage } from '../parts/problem-page.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'accounts'>;
const said = (key: string) => `${paths.account}?said=${key}`;

export function setDigestTime(ports: Ports): Action {
  return async (c) => {
    const form = await readForm(c);
    const outcome = await ports.accounts.setDigestTime(readVisitor(c).account, {
      timeZone: form.text('zone'),
      digestHour: Number(form.text('hour') || Number.NaN),
    });
    if (outcome.kind === 'set') return c.redirect(said('saved'));
    return problemPage(c, {
      status: 400,
      title: 'The time was not saved',
      happened: outcome.sentence,
      kept: 'Your mail comes as before.',
      next: 'Go back and choose again.',
    });
  };
}

export function pause(ports: Ports): Action {
  return async (c) => {
    await ports.accounts.pauseDigests(readVisitor(c).account.id);
    return c.redirect(said('paused'));
  };
}

export function resume(ports: Ports): Action {
  return async (c) => {
    await ports.accounts.resumeDigests(readVisitor(c).account);
    return c.redirect(said('resumed'));
  };
}

export function unfollow(ports: Pick<SitePorts, 'subscriptions'>): Action {
  return async (c) => {
    const id = asId<Parameters<SitePorts['subscriptions']['unfollow']>[1]>(Number(c.req.param('id')));
    await ports.subscriptions.unfollow(readVisitor(c).account.id, id);
    return c.redirect(said('unfollowed'));
  };
}
