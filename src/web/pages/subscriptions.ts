import { type Threshold, thresholds } from '../../alerts/subscription.ts';
import { asId, type SubscriptionId } from '../../knowledge/ids.ts';
import { paths } from '../links.ts';
import { readForm } from '../read-form.ts';
import type { Action, SiteContext } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';
import { readVisitor } from '../visitor.ts';

type Ports = Pick<SitePorts, 'subscriptions'>;

function readId(c: SiteContext): SubscriptionId {
  return asId(Number(c.req.param('id')));
}

export function readThreshold(text: string): Threshold | null {
  return thresholds.find((threshold) => threshold === text) ?? null;
}

export function setThreshold(ports: Ports): Action {
  return async (c) => {
    const threshold = readThreshold((await readForm(c)).text('threshold'));
    const wasSet =
      threshold !== null &&
      (await ports.subscriptions.setThreshold(readVisitor(c).account.id, readId(c), threshold));
    return c.redirect(`${paths.account}?said=${wasSet ? 'saved' : 'not-found'}`);
  };
}

export function setFeedback(ports: Ports): Action {
  return async (c) => {
    const isWanted = (await readForm(c)).text('wanted') === 'yes';
    const wasSet = await ports.subscriptions.setFeedback(readVisitor(c).account.id, readId(c), isWanted);
    return c.redirect(`${paths.account}?said=${wasSet ? 'saved' : 'not-found'}`);
  };
}

export function unfollow(ports: Ports): Action {
  return async (c) => {
    await ports.subscriptions.unfollow(readVisitor(c).account.id, readId(c));
    return c.redirect(`${paths.account}?said=unfollowed`);
  };
}
