#!/bin/sh
# npm run check: format and lint, types, and the rules of the house (imports, names, sizes, unused code).
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-packages.sh development
node_modules/.bin/biome check --error-on-warnings .
node_modules/.bin/tsc -p .
node_modules/.bin/vitest run --project house
