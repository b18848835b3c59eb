#!/bin/sh
# /usr/local/bin/etatyopoyta: the command of the installed server, with the server's settings.
set -eu
# Without a running server the command would start the store itself, as root, and leave files that
# the server cannot read.
if ! systemctl is-active --quiet etatyopoyta; then
  echo "Start the server first: systemctl start etatyopoyta" >&2
  exit 1
fi
set -a
# shellcheck source=/dev/null
. /etc/etatyopoyta/env
exec /opt/etatyopoyta/.venv/bin/etatyopoyta "$@"
