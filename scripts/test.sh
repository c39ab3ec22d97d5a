#!/bin/sh
# npm test, npm run test:long: installs what is missing, checks the code and runs the tests; "N passed, N failed" comes
# last.
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-packages.sh development
sh scripts/install-test-tools.sh
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
exec node scripts/run-tests.ts "$@"
