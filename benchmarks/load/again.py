"""The hello of a page that has to resync: fetch the state, and say what it is.

usage: again.py SNAPSHOT_URL TOKEN TICKET     (imports little: the generator waits for it)
"""

import gzip
import json
import sys
import urllib.request

url, token, ticket = sys.argv[1:]
request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
with urllib.request.urlopen(request, timeout=10) as response:
    snapshot = json.loads(gzip.decompress(response.read()))
hello = {"t": "hello", "ticket": ticket, "since": snapshot["n"], "mark": snapshot["mark"]}
sys.stdout.write(json.dumps(hello))
