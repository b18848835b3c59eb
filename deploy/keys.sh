#!/bin/sh
# Makes keys/, the secrets that compose.yaml hands to the containers as files. Once: the keys
# belong to the data, so it never replaces them.
set -eu
umask 077
cd "$(dirname "$0")"
if [ -e keys ]; then
  echo "keys/ is there already and goes with the data: nothing was changed" >&2
  exit 1
fi

random() { od -An -vN32 -tx1 /dev/urandom | tr -d ' \n'; }

password=$(random)
hash=$(printf %s "$password" | sha256sum | cut -d' ' -f1)
mkdir keys
# Whoever names no user may only ping, for the health check. The server may ask what settings the
# store runs with and change none of them.
cat > keys/store_users <<END
user default on nopass resetchannels -@all +ping
user etatyopoyta on #$hash ~* &* +@all -@admin -@dangerous -@scripting +info +config|get
END
printf 'redis://etatyopoyta:%s@store:6379' "$password" > keys/store_url
random > keys/server_key
# Readable in the containers, where each runs as a user of its own; here the folder keeps others out.
chmod 444 keys/*
