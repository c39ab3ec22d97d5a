#!/bin/sh
# npm start: installs what is missing and starts the server; further arguments go to "kbalertz serve".
set -eu
cd "$(dirname "$0")/.."
sh scripts/install-packages.sh
exec bin/kbalertz serve --starter "$@"
