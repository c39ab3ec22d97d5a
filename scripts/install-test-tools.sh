#!/bin/sh
# Installs the Debian packages that tests use and the machine lacks. Where that is not possible the tests
# that need them skip and say why; in CI such a skip is a failure.
set -eu
missing=
command -v git >/dev/null 2>&1 || missing="$missing git"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v wine >/dev/null 2>&1 || missing="$missing wine wine64"
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
command -v caddy >/dev/null 2>&1 || missing="$missing caddy"
command -v openssl >/dev/null 2>&1 || missing="$missing openssl"
command -v systemd-analyze >/dev/null 2>&1 || missing="$missing systemd"
# Real mail programs on loopback; each test starts its own, and no service is left running.
command -v postfix >/dev/null 2>&1 || missing="$missing postfix"
command -v rspamd >/dev/null 2>&1 || missing="$missing rspamd"
[ -x /usr/lib/dovecot/lmtp ] || missing="$missing dovecot-core dovecot-lmtpd"
# With its own tools: pg_dump refuses a server that is newer than itself, as that of the tests is.
[ -d /usr/lib/postgresql ] || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
  echo "Not installed and not installable here (needs Debian and root):$missing" >&2
  exit 0
fi
echo "Installing$missing …" >&2
export DEBIAN_FRONTEND=noninteractive
# The log is shown only when something went wrong: it is hundreds of lines of no interest.
log=$(mktemp)
# Postfix asks what it is for, and packages start their services: neither is wanted here.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections 2>/dev/null || true
# shellcheck disable=SC2086 # a list of words
if ! { apt-get update && apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
fi
rm -f "$log"
