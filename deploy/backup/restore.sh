#!/bin/sh
# Put a backup back: restore.sh BACKUP DATABASE_URL. Stop the assistant first; refuses a database that is not empty, unless FORCE=1.
# Then run `repere migrate`: a backup of an older version is brought up to date. What was erased since the backup must be erased again
# (docs/rgpd.md says how).
set -eu
[ $# = 2 ] || { echo "usage: restore.sh BACKUP DATABASE_URL" >&2; exit 2; }
backup=$1 url=$2
[ -f "$backup" ] || { echo "repere: no backup at $backup" >&2; exit 2; }
case $url in
  sqlite:///*)
    target=${url#sqlite:///}
    if [ -s "$target" ] && [ "${FORCE:-}" != 1 ]; then echo "repere: $target exists; FORCE=1 replaces it" >&2; exit 2; fi
    umask 077
    cp "$backup" "$target.part"
    rm -f "$target-wal" "$target-shm"
    mv "$target.part" "$target"
    ;;
  postgresql*)
    address=$(echo "$url" | sed 's/+psycopg2//')
    tables=$(psql -At "$address" -c "select count(*) from information_schema.tables where table_schema = 'public'") || exit 3
    if [ "$tables" != 0 ] && [ "${FORCE:-}" != 1 ]; then echo "repere: the database is not empty; FORCE=1 replaces what it holds" >&2; exit 2; fi
    pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction --dbname="$address" "$backup" || exit 3
    ;;
  *) echo "repere: $url is neither sqlite:/// nor postgresql://" >&2; exit 2 ;;
esac
