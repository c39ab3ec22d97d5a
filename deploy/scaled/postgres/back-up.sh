#!/bin/bash
# Every night a dump of the standby, so that the primary has no work with it; those of two weeks are kept. A dump that
# can't be read to its end is none, and the one before stays.
set -euo pipefail
export PGPASSWORD=$POSTGRES_PASSWORD
while true; do
  file=/backups/kbalertz-$(date +%Y-%m-%dT%H%M%S).dump
  if pg_dump --format custom --host standby --username "$POSTGRES_USER" --file "$file.part" "$POSTGRES_DB" \
    && pg_restore --file /dev/null "$file.part"; then
    mv "$file.part" "$file"
    find /backups -name 'kbalertz-*.dump' -mtime +14 -delete
  else
    echo "The backup failed; it is tried again in an hour. Those before are kept." >&2
    rm -f "$file.part"
    sleep 3600
    continue
  fi
  sleep 86400
done
