"""A part outside the process: follows the events of a MyMovies site and appends each to a file once. Needs Python 3.9 or newer and no packages."""
import json, os, random, sys, time, urllib.error, urllib.request


def end(code, why):
    print(why, file=sys.stderr)
    sys.exit(code)


if len(sys.argv) != 3 or not sys.argv[1].startswith(("http://", "https://")) or not sys.argv[2]:
    end(2, "usage: python3 listener.py SITE FILE (such as http://localhost:3000 events.ndjson)")
site, file = sys.argv[1].rstrip("/"), sys.argv[2]
cursor, QUIET, MOST = file + ".cursor", 45, 1 << 24  # the site sends at least ":" every 15 s; a fat notice can be several MB


def read(path):
    return open(path, "rb").read() if os.path.exists(path) else b""


try:  # A line is written before the cursor, so after a crash between the two, the last lines are recognised. An incomplete line is cut off; nothing is ever rewritten.
    after, kept = int(read(cursor) or 0), read(file)
    whole = kept.rfind(b"\n") + 1
    seen = {notice["id"] for notice in map(json.loads, kept[:whole].split(b"\n")[:-1]) if int(notice["sequence"]) > after}
    if whole < len(kept):
        os.truncate(file, whole)
except (OSError, ValueError, KeyError, TypeError) as error:
    end(1, f"{file} cannot be continued: {error}")


def append(line):
    with open(file, "ab", buffering=0) as out:
        size = out.tell()
        try:
            if out.write(line) < len(line):
                raise OSError("the disk took only part of a line")
            os.fsync(out.fileno())
        except OSError:
            out.truncate(size)  # so a full disk leaves no incomplete line
            raise


def take(fields):
    global after
    if "data" not in fields:
        return
    notice, position = json.loads(fields["data"]), int(fields["id"])  # raises on garbage: we reconnect and get it again
    if position <= after:
        return
    if notice["id"] not in seen:
        append((json.dumps(notice, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))  # half a surrogate pair stays the escape it was
    with open(cursor + ".new", "w", encoding="utf-8") as out:
        out.write(str(position))
    os.replace(cursor + ".new", cursor)
    after = position


def follow():
    request = urllib.request.Request(f"{site}/api/events?after={after}&limit=500", headers={"accept": "text/event-stream"})
    try:
        answer = urllib.request.urlopen(request, timeout=QUIET)
    except urllib.error.HTTPError as error:
        if error.code == 422:  # waiting would hide what is missed
            end(1, f'{site} refuses this position: {json.load(error)["detail"]} See "External followers" in docs/operations.md; the cursor is in {cursor}.')
        raise
    with answer:
        if answer.headers.get_content_type() != "text/event-stream":
            raise ValueError("the answer is not a stream")
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
    before, trouble = after, None
    try:
        follow()
    except Exception as error:  # a cut connection, a 5xx, garbage: all the same to us
        trouble = error
    wait = 0.25 if after > before else min(wait * 2, 10)
    pause = wait * (0.5 + random.random())
    if trouble:
        print(f"{site}: {trouble!r}; trying again in {pause:.1f} s, from position {after}", file=sys.stderr, flush=True)
    time.sleep(pause)
