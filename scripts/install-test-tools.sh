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
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
  echo "Not installed and not installable here (needs Debian and root):$missing" >&2
  exit 0
fi
echo "Installing$missing …" >&2
export DEBIAN_FRONTEND=noninteractive
# The log is shown only when something went wrong: it is hundreds of lines of no interest.
log=$(mktemp)
# shellcheck disable=SC2086 # a list of words
if ! { apt-get update && apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
fi
rm -f "$log"
