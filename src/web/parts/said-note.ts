import { html } from 'hono/html';
import type { Markup } from './markup.ts';

/** What a page says after a form was sent to it; the address carries only the key. */
const sentences: Readonly<Record<string, { readonly text: string; readonly isBad?: true }>> = {
  followed: { text: 'You follow it from now on.' },
  'already-followed': { text: 'You follow it already.' },
  'too-many': { text: 'You follow 500 things, which is the most. Stop some to add others.', isBad: true },
  'not-found': {
    text: 'What you wanted to follow does not exist any more. Nothing was changed.',
    isBad: true,
  },
  unfollowed: { text: 'You do not follow it any more.' },
  'feeds-renewed': { text: 'Your feeds have new addresses. Earlier ones lead nowhere any more.' },
  'feeds-ended': { text: 'Your feeds are ended: their addresses lead nowhere any more.' },
  'channel-tested': { text: 'The test arrived. Your digests go there from now on.' },
  'channel-removed': { text: 'The channel is removed. Nothing is sent there any more.' },
  'no-channel': { text: 'There is no such channel any more. Nothing was changed.', isBad: true },
  saved: { text: 'Saved.' },
  'digest-coming': {
    text: 'It comes within a minute, unless a mail came in the last 20 hours: then it comes at its hour.',
  },
  paused: { text: 'Paused. Nothing is mailed until you resume.' },
  resumed: { text: 'Resumed.' },
  'source-added': {
    text: 'Added. Scan it now, or wait for the night: the first scan is a baseline and alerts nobody.',
  },
  'source-removed': { text: 'The source and everything of it is gone.' },
  'source-paused': { text: 'Paused. It is not visited until you resume it.' },
  'source-active': { text: 'It is visited again.' },
  'scan-started': { text: 'The scan has begun; this page follows it.' },
  'scan-accepted': { text: 'Accepted: the source is read again, and what it shows is believed.' },
  'last-administrator': { text: 'The last administrator stays one. Make another one first.', isBad: true },
  'no-account': { text: 'There is no such account any more.', isBad: true },
  'domain-resumed': { text: 'Digests go to the domain again.' },
  lifted: { text: 'Mail goes to the address again.' },
  imported: { text: 'Added. You follow everything that the file lists.' },
  'password-set': {
    text: 'The password is set. All other browsers are signed out, and all API tokens are revoked.',
  },
  'password-set-only': {
    text: 'The password is set. All other browsers are signed out. API tokens work on.',
  },
  'password-removed': {
    text: 'The password is removed: you sign in by mailed link. All other browsers are signed out, and all API tokens are revoked.',
  },
  'password-removed-only': {
    text: 'The password is removed: you sign in by mailed link. All other browsers are signed out. API tokens work on.',
  },
  'passkey-added': { text: 'The passkey is added. It signs you in from now on.' },
  'passkey-removed': { text: 'The passkey is removed. Remove it from your device, too.' },
  'passkey-gone': { text: 'There is no such passkey any more.', isBad: true },
  'provider-added': { text: 'It signs you in from now on.' },
  'provider-removed': { text: 'It does not sign you in any more.' },
  'team-made': { text: 'The team is made. Choose what it follows, then invite its members.' },
  'team-deleted': { text: 'The team and everything of it is gone.' },
  'team-joined': { text: 'You are a member now.' },
  'team-left': { text: 'You left the team.' },
  invited: { text: 'An invitation is on its way. Its link works for a week.' },
  'last-owner': { text: 'The last owner stays one. Make another member owner first.', isBad: true },
  'mailbox-mailed': { text: 'A letter is on its way to the mailbox. Its link makes the change.' },
  'signed-out-one': { text: 'That browser is signed out.' },
  'session-gone': { text: 'That browser was signed out already.' },
  'token-revoked': { text: 'The token is revoked: it does not work any more.' },
  'token-gone': { text: 'That token did not work any more.' },
  'signed-out-others': { text: 'All other browsers are signed out. API tokens work on.' },
  'signed-out-all': { text: 'All other browsers are signed out, and all API tokens are revoked.' },
  'feedback-shown': { text: 'Thank you. Your feedback is shown below.' },
  'feedback-held': { text: 'Thank you. A moderator reads your feedback before it is shown.' },
  'feedback-merged': { text: 'Thank you. Somebody said the same before: you are counted with them.' },
  reported: { text: 'Thank you. Your report is weighed with those of others.' },
  'already-reported': { text: 'You reported it before. It is counted once.' },
  decided: { text: 'Decided. It is in the trail.' },
  corrected: { text: 'Corrected, for now and for every later scan.' },
  'rule-made': { text: 'The rule holds: articles that are there are corrected, later ones follow it.' },
  'rule-there-is-one': {
    text: 'There is a rule for that technology in this source already. Withdraw it first. Nothing was changed.',
    isBad: true,
  },
  'rule-leads-on': {
    text: 'Another rule of this source begins or ends there: say in one rule where articles belong in the end. Nothing was changed.',
    isBad: true,
  },
  'rule-withdrawn': {
    text: 'The rule is withdrawn. Articles keep what they have until they change next.',
  },
  'rule-not-found': { text: 'It is gone by now. Nothing was changed.', isBad: true },
  'left-as-it-is': { text: 'Left as it is; the reports were wrong.' },
  'no-technology': {
    text: 'One of the names is no technology that is known here. Nothing was changed.',
    isBad: true,
  },
  'none-chosen': { text: 'None was ticked. Nothing was decided.', isBad: true },
  appealed: { text: 'A moderator looks at it again.' },
  'already-appealed': { text: 'You appealed before; a moderator has the last word.', isBad: true },
  'nothing-to-appeal': { text: 'It is not put away. There is nothing to appeal.', isBad: true },
  'not-yours': { text: 'It is not yours, or it is gone already.', isBad: true },
  withdrawn: { text: 'It is gone.' },
  'report-gone': { text: 'It was taken away in the meantime.' },
  'address-tried': { text: 'A letter is on its way to your address, and your digests go there again.' },
  'address-tried-today': {
    text: 'The address was written to within a day already. Nothing was changed; try again tomorrow.',
    isBad: true,
  },
  'address-not-suppressed': { text: 'Mail goes to your address already. Nothing was changed.' },
  'address-mailed': { text: 'A letter is on its way to the new address. Its link makes the change.' },
};

export function saidNote(key: string | undefined): Markup | null {
  const said = key === undefined ? undefined : sentences[key];
  if (said === undefined) return null;
  return html`<div class="note ${said.isBad ? 'bad' : 'done'}" role="status"><p>${said.text}</p></div>`;
}
