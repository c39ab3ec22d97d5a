#!/bin/sh
# Installs the packages of package-lock.json when they are missing or older than it.
# With the argument "development" those of the tests and checks as well.
set -eu
cd "$(dirname "$0")/.."
omit=--omit=dev
proof=node_modules/hono
if [ "${1:-}" = development ] || [ -d node_modules/vitest ]; then
  omit=--include=dev
  proof=node_modules/vitest
fi
if [ ! -d "$proof" ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing packages (npm ci) …" >&2
  npm ci "$omit" --no-audit --no-fund --loglevel=error >&2
fi
