#!/bin/bash
# Run once, when the primary's database is made: a user for the standby, who may only replicate. From the next start on a
# commit is answered when the standby has it on its disk, too; before, there is no standby to wait for.
set -euo pipefail
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set password="$REPLICATION_PASSWORD" <<'SQL'
create role standby with replication login password :'password';
alter system set synchronous_standby_names = 'standby';
SQL
echo 'host replication standby all scram-sha-256' >> "$PGDATA/pg_hba.conf"
