import type { AccountLinks } from '../accounts/mailer.ts';
import type {
  ApiTokenId,
  ArticleId,
  BulkEditId,
  FeedbackId,
  ScanId,
  SubscriptionId,
} from '../knowledge/ids.ts';
import type { ImageCopy } from '../knowledge/images/image.ts';

/** Paths of the site's pages, in one place, so that no page guesses another's. */
export const paths = {
  home: '/',
  article: (id: ArticleId) => `/a/${id}`,
  revision: (id: ArticleId, number: number) => `/a/${id}/r/${number}`,
  difference: (id: ArticleId, from: number, to: number) => `/a/${id}/diff?from=${from}&to=${to}`,
  technologies: '/technologies',
  technology: (slug: string) => `/technologies/${slug}`,
  changes: '/changes',
  bulkEdit: (id: BulkEditId) => `/changes?bulk=${id}`,
  remedy: (id: string) => `/remedies/${id}`,
  remedyFile: (id: string, name: string) => `/remedies/${id}/${name}`,
  remedyKey: '/remedies/kbalertz-remedies.pem',
  image: (copy: ImageCopy) => `/images/${copy.hash}.${copy.type.slice('image/'.length)}`,
  feedOfChanges: '/feeds/changes',
  feedOfTechnology: (slug: string) => `/feeds/technologies/${slug}`,
  feedOfSource: (name: string) => `/feeds/sources/${name}`,
  feedOfSearch: '/feeds/search',
  personalFeed: (secret: string, id: SubscriptionId | 'all') => `/f/${secret}/${id}`,
  feedback: (id: FeedbackId) => `/feedback/${id}`,
  moderation: '/moderation',
  moderationTrail: '/moderation/trail',
  curation: '/curation',
  ownFeedback: '/account/feedback',
  search: (query: string) => `/search?q=${encodeURIComponent(query)}`,
  advancedSearch: '/search/advanced',
  signUp: '/sign-up',
  signIn: '/sign-in',
  signOut: '/sign-out',
  welcome: '/welcome',
  account: '/account',
  accountSettings: '/account/settings',
  signingIn: '/account/signing-in',
  tokens: '/account/tokens',
  token: (id: ApiTokenId) => `/account/tokens/${id}`,
  apiReference: '/api/v1/reference',
  passkeys: '/account/passkeys',
  signInWithPasskey: '/sign-in/passkey',
  signInWithProvider: '/sign-in/organisation',
  providerCallback: '/sign-in/organisation/callback',
  identities: '/account/identities',
  /** Where somebody who is signed in proves to be present, to go on to `next`. */
  proveAgain: (next: string) => `/sign-in?again=1&next=${encodeURIComponent(next)}`,
  channels: '/account/channels',
  subscription: (id: SubscriptionId) => `/account/subscriptions/${id}`,
  status: '/status',
  help: '/help',
  helpPage: (name: string) => `/help/${name}`,
  sources: '/admin/sources',
  source: (name: string) => `/admin/sources/${name}`,
  scans: '/admin/scans',
  scan: (id: ScanId) => `/admin/scans/${id}`,
  deliveries: '/admin/deliveries',
  accounts: '/admin/accounts',
  audit: '/admin/audit',
  outbox: '/outbox',
} as const;

/** Whole URLs of the pages that take the tokens of account mails. */
export function createAccountLinks(publicUrl: string): AccountLinks {
  return {
    confirm: (token) => `${publicUrl}/confirm/${token}`,
    signIn: (token) => `${publicUrl}/sign-in/${token}`,
    changeAddress: (token) => `${publicUrl}/change-address/${token}`,
    firstAdministrator: (token) => `${publicUrl}/first-administrator/${token}`,
  };
}
