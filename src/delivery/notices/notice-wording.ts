import type { AccountNotice } from '../../accounts/mailer.ts';

/** What a notice says, before it has a form. */
export type NoticeContent = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What to do, as a button and as a link in the text; null where there is nothing to do. */
  readonly action: { readonly label: string; readonly url: string } | null;
  /** Under the action: why it came and what to do if it was a mistake. */
  readonly footnote: string;
};

/** A note to administrators: something needs their attention. */
export type AdministratorNote = {
  readonly kind: 'administrator-note';
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link: string | null;
};

/** To the author of feedback: what was decided about it. */
export type FeedbackNote = Omit<AdministratorNote, 'kind'> & { readonly kind: 'feedback-note' };

/** A note to the owner of a channel: nothing is sent there any more. */
export type ChannelNote = {
  readonly kind: 'channel-stopped';
  readonly name: string;
  readonly host: string;
  /** The other side said that it is no more, or messages did not arrive. */
  readonly because: 'gone' | 'failing';
  readonly problem: string;
  readonly link: string;
};

export type Notice = AccountNotice | AdministratorNote | FeedbackNote | ChannelNote;

const ignore = 'If it was not you, ignore this mail: nothing happens without the link.';

/** The words of a notice; `site` is what the reader knows the site by, such as `kb.example.org`. */
export function wordNotice(notice: Notice, site: string): NoticeContent {
  switch (notice.kind) {
    case 'confirm-address':
      return {
        subject: `Confirm your address for ${site}`,
        paragraphs: [
          `Somebody, probably you, signed up with this address at ${site}.`,
          'Once it is confirmed you get one mail a day at most, and only when an article about your technologies is new or says something different.',
        ],
        action: { label: 'Confirm this address', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} If it was not you, ignore this mail: you will get no other.`,
      };
    case 'already-signed-up':
      return {
        subject: `You have an account at ${site} already`,
        paragraphs: [
          `Somebody, probably you, signed up at ${site} with this address, which has an account. Nothing was changed.`,
          'The link signs you in.',
        ],
        action: { label: 'Sign in', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'sign-in':
      return {
        subject: `Sign in to ${site}`,
        paragraphs: [`You asked for a link that signs you in to ${site}.`],
        action: { label: 'Sign in', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'address-tried-again':
      return {
        subject: `Mail from ${site} reaches you again`,
        paragraphs: [
          `You asked ${site} to try this address again. That you read this shows that our mail arrives: your digests come here from now on.`,
          'There is nothing else to do. The link signs you in.',
        ],
        action: { label: 'Sign in', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'connect-provider':
      return {
        subject: `Connect ${notice.provider} with your account at ${site}`,
        paragraphs: [
          `Somebody, probably you, signed in to ${site} with ${notice.provider}. Your account is not connected with it yet.`,
          'The link signs you in and connects the two: from then on you can sign in with it.',
        ],
        action: { label: 'Sign in and connect', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'confirm-new-address':
      return {
        subject: `Confirm your new address for ${site}`,
        paragraphs: [`You asked to use this address for your account at ${site}, instead of the one it has.`],
        action: { label: 'Use this address', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'confirm-team-mailbox':
      return {
        subject: `Digests of the team ${notice.team} at ${site}`,
        paragraphs: [
          `Somebody of the team “${notice.team}” at ${site} asked to send the team’s digests to this mailbox.`,
          'Once it is confirmed, one mail a day comes at most, and only when an article that the team follows is new or says something different.',
        ],
        action: { label: 'Send them here', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'team-invitation':
      return {
        subject: `Join the team ${notice.team} at ${site}`,
        paragraphs: [
          `${notice.inviter} invites you to the team “${notice.team}” at ${site}, which follows changes of knowledge bases together.`,
          'Members see what changed, and note who looks after it.',
        ],
        action: { label: 'Look at the invitation', url: notice.link },
        footnote: `${expiry(notice.expiresAt)} ${ignore}`,
      };
    case 'team-report':
      return {
        subject: `${notice.team}: the week from ${notice.week}`,
        paragraphs: notice.sentences,
        action: { label: 'Read the report', url: notice.link },
        footnote: `You get this once a week at most, as a member of the team “${notice.team}”. Its page has a button that ends it.`,
      };
    case 'address-changed':
      return {
        subject: `Your account at ${site} has a new address`,
        paragraphs: [
          `From now on, mail of your account goes to ${notice.newAddress}, and no longer here.`,
          'If it was not you, answer this mail at once.',
        ],
        action: null,
        footnote: 'This is the last mail to this address.',
      };
    case 'password-changed':
      return {
        subject: `Your password at ${site} was changed`,
        paragraphs: [
          'The password of your account was set or taken away, and all other sessions were ended.',
          'If it was not you, sign in by mailed link, set another password, and answer this mail.',
        ],
        action: null,
        footnote: 'You get this because such a change should never go unnoticed.',
      };
    case 'sign-in-method-changed':
      return {
        subject: `How you sign in to ${site} was changed`,
        paragraphs: [
          notice.what,
          'If it was not you, sign in by mailed link, look at your settings, sign out everywhere else, and answer this mail.',
        ],
        action: null,
        footnote: 'You get this because such a change should never go unnoticed.',
      };
    case 'feedback-note':
      return {
        subject: `${notice.subject} at ${site}`,
        paragraphs: notice.paragraphs,
        action: notice.link === null ? null : { label: 'Your feedback', url: notice.link },
        footnote: `You get this because you wrote feedback at ${site}; at most once a day, and only when something was decided.`,
      };
    case 'administrator-note':
      return {
        subject: notice.subject,
        paragraphs: notice.paragraphs,
        action: notice.link === null ? null : { label: 'Have a look', url: notice.link },
        footnote: `You get this because you are an administrator of ${site}.`,
      };
    case 'channel-stopped':
      return {
        subject: `Your digests do not reach “${notice.name}” any more`,
        paragraphs: [
          notice.because === 'gone'
            ? `Your channel “${notice.name}” (${notice.host}) answered that it is gone, so nothing is sent there any more.`
            : `Your channel “${notice.name}” (${notice.host}) did not take your digest, so it is paused and nothing is sent there for now.`,
          `Its last answer: ${notice.problem}`,
          'What it was to bring is on the site, among your past mails. Mend the other side and send a test: when that arrives, digests go there again. Or remove the channel.',
        ],
        action: { label: 'See your channels', url: notice.link },
        footnote: `You get this because you set up this channel at ${site}.`,
      };
  }
}

function expiry(instant: number): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `The link works once, until ${new Intl.DateTimeFormat('en-GB', format).format(instant)} UTC.`;
}
