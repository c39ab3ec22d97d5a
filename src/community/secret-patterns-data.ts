/** What is masked, in the words that the writer reads. */
export const secretKinds = [
  'private key',
  'token',
  'password',
  'access key',
  'product key',
  'e-mail address',
  'private address',
  'server name',
] as const;
export type SecretKind = (typeof secretKinds)[number];

type SecretPattern = {
  readonly kind: SecretKind;
  /** Groups `before` and `after` stay. */
  readonly pattern: RegExp;
  readonly isSecret?: (found: string, groups: Readonly<Record<string, string | undefined>>) => boolean;
};

/** What words after "password" are not one. */
const noSecret =
  /^(?:is|was|has|had|for|and|or|not|the|a|an|my|your|of|to|in|on|reset|change|changed|policy|expired|wrong|prompt|field|none|null|true|false|empty|required|hash|masked|must|should|can|does|did|again|then|if|when|it|that|which|with|without|from|manager|box|page|dialog|please|string|protected|protection|\[.*|<.*|\*+|\.+|%.*|\$.*|\{.*|x{3,})[.,;:!?)]*$/i;

/**
 * In the order in which they are applied: a secret inside another one is masked with it. Formats of vendors as their
 * documentation gives them; every expression takes time in proportion to the text.
 */
export const secretPatterns: readonly SecretPattern[] = [
  {
    kind: 'private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,20000}?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  // JSON Web Tokens (RFC 7519): three parts in base64url, the first of which begins with {" .
  { kind: 'token', pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g },
  {
    kind: 'token',
    pattern: /(?<before>\b(?:bearer|basic|negotiate|ntlm)\s+)(?<secret>[A-Za-z0-9+/_.~-]{16,}={0,2})/gi,
    isSecret: (_, { secret = '' }) => /\d/.test(secret) && /[A-Za-z]/.test(secret),
  },
  // GitHub, GitLab, Slack, npm, PyPI, Stripe, OpenAI and Anthropic, Google, Amazon, Azure.
  {
    kind: 'access key',
    pattern:
      /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|[rsp]k_(?:live|test)_[A-Za-z0-9]{16,}|sk-(?:[a-z]+-)*[A-Za-z0-9_-]{20,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}|hvs\.[\w-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
  },
  {
    kind: 'access key',
    pattern:
      /(?<before>\b(?:AccountKey|SharedAccessKey|SharedSecret|aws_secret_access_key|client[_-]?secret|api[_-]?key|access[_-]?key|secret[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|x-api-key|sig)["']?\s{0,3}[:=]\s{0,3}["']?)(?<secret>[A-Za-z0-9+/_.%~-]{8,}={0,2})/gi,
    isSecret: (_, { secret = '' }) => !noSecret.test(secret),
  },
  // A password in an address (RFC 3986, 3.2.1).
  {
    kind: 'password',
    pattern:
      /(?<before>\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@[\]]{0,80}:)(?<secret>[^\s/@[\]]{1,200})(?<after>@)/gi,
  },
  {
    kind: 'password',
    pattern:
      /(?<before>(?:\b|_|-)(?:password|passwd|pwd|passphrase|passwort|kennwort)["']?\s{0,3}(?:[:=]|\bis\b)\s{0,3}["']?)(?<secret>[^\s"'&;,<>]{3,200})/gi,
    isSecret: (_, { secret = '' }) => !noSecret.test(secret),
  },
  {
    kind: 'password',
    pattern: /(?<before>\bnet\s+user\s+[^\s/]{1,64}\s+)(?<secret>[^\s/*][^\s]{2,200})/gi,
    isSecret: (_, { secret = '' }) => !secret.startsWith('['),
  },
  { kind: 'product key', pattern: /\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}\b/gi },
  {
    kind: 'e-mail address',
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+-][\p{L}\p{N}._%+-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu,
  },
  // RFC 1918, and shared addresses of RFC 6598. Those of RFC 3927 (169.254) are the same everywhere.
  {
    kind: 'private address',
    pattern:
      /(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2})(?![\d.]*\d)/g,
    isSecret: (found) => found.split('.').every((part) => Number(part) < 256) && !isNetwork(found),
  },
  // RFC 4193 and RFC 4291: unique local and link-local addresses.
  {
    kind: 'private address',
    pattern:
      /(?<![\w:])(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f])(?::[0-9a-f]{0,4}){2,7}(?:%\w{1,16})?(?![\w:])/gi,
  },
  {
    kind: 'server name',
    pattern: /(?<before>(?<![\\\w:])\\\\)(?<secret>[A-Za-z0-9][A-Za-z0-9._-]{0,62})(?<after>\\[^\s\\])/g,
    isSecret: (_, { secret = '' }) =>
      !/^(?:localhost|server(?:name)?|share|host(?:name)?|example.*|contoso.*|fabrikam.*|pc|computer(?:name)?)$/i.test(
        secret,
      ),
  },
];

/** Whole networks, as documentation names them, tell nothing of anybody. */
function isNetwork(address: string): boolean {
  return /^(?:10\.0\.0\.0|192\.168\.0\.0|172\.16\.0\.0|100\.64\.0\.0)$/.test(address);
}
