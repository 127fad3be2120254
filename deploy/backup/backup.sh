#!/bin/sh
# Back up the database: backup.sh DATABASE_URL FOLDER. SQLite (sqlite:///file) or PostgreSQL. Removes what is older than REPERE_BACKUP_DAYS.
# SQLite needs the sqlite3 or python3 command, PostgreSQL pg_dump. Exits 2 on bad usage, 3 when the backup failed.
set -eu
[ $# = 2 ] || { echo "usage: backup.sh DATABASE_URL FOLDER" >&2; exit 2; }
url=$1 folder=$2 days=${REPERE_BACKUP_DAYS:-30}
umask 077
mkdir -p "$folder"
stamp=$(date -u +%Y%m%dT%H%M%SZ)
case $url in
  sqlite:///*)
    target=$folder/repere-$stamp.db
    python3 - "${url#sqlite:///}" "$target.part" <<'PY' || exit 3
import sqlite3, sys
source, target = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sqlite3.connect(sys.argv[2])
source.backup(target)
if target.execute("pragma integrity_check").fetchone()[0] != "ok":
    sys.exit("the copy is damaged")
PY
    ;;
  postgresql*)
    target=$folder/repere-$stamp.dump
    pg_dump --format=custom --no-owner --file="$target.part" "$(echo "$url" | sed 's/+psycopg2//')" || exit 3
    ;;
  *) echo "repere: $url is neither sqlite:/// nor postgresql://" >&2; exit 2 ;;
esac
mv "$target.part" "$target"   # a backup is whole, or does not bear its name
find "$folder" -name 'repere-*' -type f -mtime "+$days" -delete
echo "$target"
