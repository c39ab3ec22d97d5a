#!/bin/bash
# Starts the standby; the first time it copies the primary. `application_name` is what synchronous_standby_names says.
set -euo pipefail
export PGPASSWORD=$REPLICATION_PASSWORD
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  until pg_isready --quiet --host primary --username standby; do sleep 1; done
  install -d -o postgres -g postgres -m 700 "$PGDATA"
  gosu postgres pg_basebackup --pgdata "$PGDATA" --write-recovery-conf --checkpoint fast --wal-method stream \
    --dbname 'host=primary user=standby application_name=standby'
fi
exec gosu postgres postgres -c hot_standby=on -c max_connections=200
