import { modesOf } from '../../remedies/compile-remedy.ts';
import { remedyOutcomes } from '../../remedies/remedy-library.ts';
import { paths } from '../links.ts';
import { notFoundPage } from '../parts/problem-page.ts';
import { readForm } from '../read-form.ts';
import type { Action } from '../site-app.ts';
import type { SitePorts } from '../site-ports.ts';

/** A reader tells how a remedy went; only people with an account are counted, each once. */
export function reportRemedy({
  remedies,
  remedyReports,
  clock,
}: Pick<SitePorts, 'remedies' | 'remedyReports' | 'clock'>): Action {
  return async (c) => {
    const offered = await remedies.findRemedy(c.req.param('id') ?? '');
    if (offered === null) return notFoundPage(c, 'page');
    const visitor = c.get('visitor');
    if (visitor === null) return c.redirect(paths.signIn);
    const form = await readForm(c);
    const mode = modesOf(offered.remedy).find((one) => one === form.text('mode'));
    const outcome = remedyOutcomes.find((one) => one === form.text('outcome'));
    if (mode !== undefined && outcome !== undefined) {
      const remedyId = offered.remedy.id;
      await remedyReports.reportOutcome({
        remedyId,
        mode,
        outcome,
        accountId: visitor.account.id,
        now: clock.now(),
      });
    }
    return c.redirect(`${paths.remedy(offered.remedy.id)}#told`);
  };
}
