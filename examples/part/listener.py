"""A part outside the process: follows the events of a MyMovies site and appends each to a file, once. Python 3.9 or newer, nothing to install."""
import json, os, random, sys, time, urllib.request

site, file = (sys.argv[1:] + ["http://localhost:3000", "events.ndjson"])[:2] if len(sys.argv) != 2 else (sys.argv[1], "events.ndjson")
cursor, QUIET, MOST = file + ".cursor", 45, 1 << 20  # the site says at least ":" every 15 s; a notice is a few kB


def read(path):
    return open(path, encoding="utf-8").read() if os.path.exists(path) else ""


after = int(read(cursor) or 0)
# The line is written before the cursor: after a crash between the two, the last lines are known already. A half line is cut off.
whole = read(file)
whole = whole[: whole.rfind("\n") + 1]
with open(file, "w", encoding="utf-8") as out:
    out.write(whole)
seen = {notice["id"] for notice in map(json.loads, whole.splitlines()) if int(notice["sequence"]) > after}


def take(fields):
    global after
    if "data" not in fields:
        return
    notice, position = json.loads(fields["data"]), int(fields["id"])  # raises on garbage: we reconnect and get it again
    if position <= after:
        return
    if notice["id"] not in seen:
        with open(file, "a", encoding="utf-8") as out:
            out.write(json.dumps(notice, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
    with open(cursor + ".new", "w", encoding="utf-8") as out:
        out.write(str(position))
    os.replace(cursor + ".new", cursor)
    after = position


def follow():
    request = urllib.request.Request(f"{site}/api/events?after={after}&limit=500", headers={"accept": "text/event-stream"})
    with urllib.request.urlopen(request, timeout=QUIET) as answer:
        if answer.headers.get_content_type() != "text/event-stream":
            raise ValueError("the site answered no stream")
        fields = {}
        while line := answer.readline(MOST):
            if not line.endswith(b"\n"):
                raise ValueError("a line without an end")
            name, _, value = line.decode("utf-8").rstrip("\r\n").partition(":")
            if name or value:
                fields[name] = value.removeprefix(" ")
            else:
                take(fields)
                fields = {}


wait = 0.25
while True:
    before = after
    try:
        follow()
    except Exception as error:  # a cut connection, a 5xx, garbage: all the same to us
        print(f"{error!r}; going on after {after}", file=sys.stderr, flush=True)
    wait = 0.25 if after > before else min(wait * 2, 10)
    time.sleep(wait * (0.5 + random.random()))
