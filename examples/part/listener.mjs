/** A part outside the process: follows the events of a MyMovies site and appends each to a file once. Needs Node 20 or newer and no packages. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const [site, file, ...more] = process.argv.slice(2)
const cursor = `${file}.cursor`
const QUIET_MS = 45_000
const MOST = 1 << 24 // the site sends at least ":" every 15 s; a fat notice can be several MB
const end = (code, why) => {
  console.error(why)
  process.exit(code)
}
if (!file || more.length || !/^https?:\/\//.test(site) || !URL.canParse(site))
  end(2, 'usage: node listener.mjs SITE FILE (such as http://localhost:3000 events.ndjson)')

const read = path => (existsSync(path) ? readFileSync(path) : Buffer.of())
const seen = new Set()
let after = 0
try {
  // A line is written before the cursor, so after a crash between the two, the last lines are recognised. An incomplete line is cut off; nothing is ever rewritten.
  after = Number(read(cursor)) || 0
  const kept = read(file)
  const whole = kept.lastIndexOf('\n') + 1
  for (const line of kept.toString('utf8', 0, whole).split('\n').filter(Boolean)) {
    const { id, sequence } = JSON.parse(line)
    if (Number(sequence) > after) seen.add(id)
  }
  if (whole < kept.length) truncateSync(file, whole)
} catch (error) {
  end(1, `${file} cannot be continued: ${error.message}`)
}

function append(line) {
  const out = openSync(file, 'a')
  const { size } = fstatSync(out)
  try {
    appendFileSync(out, line, { flush: true })
  } catch (error) {
    ftruncateSync(out, size)
    throw error
  } finally {
    closeSync(out)
  } // so a full disk leaves no incomplete line
}

function take(message) {
  const field = name =>
    message
      .split('\n')
      .filter(line => line.startsWith(`${name}:`))
      .map(line => line.slice(name.length + 1).replace(/^ /, ''))
      .join('\n')
  if (!field('data')) return
  const notice = JSON.parse(field('data'))
  const position = Number(field('id')) // throws on garbage: we reconnect and get it again
  if (!notice.id || !(position > 0)) throw new Error('this is not a notice')
  if (position <= after) return
  if (!seen.has(notice.id)) append(`${JSON.stringify(notice)}\n`)
  writeFileSync(`${cursor}.new`, String(position))
  renameSync(`${cursor}.new`, cursor)
  after = position
}

async function follow() {
  const quiet = new AbortController()
  const alarm = setTimeout(() => quiet.abort(new Error('silence')), QUIET_MS)
  try {
    const answer = await fetch(`${site.replace(/\/$/, '')}/api/events?after=${after}&limit=500`, {
      headers: { accept: 'text/event-stream' },
      signal: quiet.signal,
    })
    if (answer.status === 422)
      end(
        1,
        `${site} refuses this position: ${(await answer.json()).detail} See "External followers" in docs/operations.md; the cursor is in ${cursor}.`,
      ) // waiting would hide the missed events
    if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/event-stream'))
      throw new Error(`the answer, ${answer.status}, is not a stream`)
    let rest = ''
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      alarm.refresh()
      const messages = (rest + text).replaceAll('\r\n', '\n').split('\n\n')
      if ((rest = messages.pop()).length > MOST) throw new Error('a message without an end')
      for (const message of messages) take(message)
    }
  } finally {
    clearTimeout(alarm)
    quiet.abort()
  }
}

for (let wait = 250; ; wait = Math.min(wait * 2, 10_000)) {
  const before = after
  const trouble = await follow().catch(error => error)
  if (after > before) wait = 250
  const pause = wait * (0.5 + Math.random())
  if (trouble)
    console.error(
      `${new Date().toISOString()} ${site}: ${trouble.cause?.code ?? trouble.cause?.message ?? trouble.message}; trying again in ${(pause / 1000).toFixed(1)} s, from position ${after}`,
    )
  await sleep(pause)
}
