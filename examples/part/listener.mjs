/** A part outside the process: follows the events of a MyMovies site and appends each to a file, once. Node 20 or newer, nothing to install. */
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const [site = 'http://localhost:3000', file = 'events.ndjson'] = process.argv.slice(2), cursor = `${file}.cursor`
const read = (path, fallback) => { try { return readFileSync(path, 'utf8') } catch { return fallback } }
const QUIET_MS = 45_000, MOST = 1 << 20 // the site says at least ":" every 15 s; a notice is a few kB

let after = Number(read(cursor, '0')) || 0
// The line is written before the cursor: after a crash between the two, the last lines are known already. A half line is cut off.
const whole = read(file, '').replace(/[^\n]*$/, ''), seen = new Set()
writeFileSync(file, whole)
for (const line of whole.split('\n').filter(Boolean)) { const { id, sequence } = JSON.parse(line); if (Number(sequence) > after) seen.add(id) }

function take(message) {
  const field = name => message.split('\n').filter(line => line.startsWith(`${name}:`)).map(line => line.slice(name.length + 1).replace(/^ /, '')).join('\n')
  if (!field('data')) return
  const notice = JSON.parse(field('data')), position = Number(field('id')) // throws on garbage: we reconnect and get it again
  if (!notice.id || !(position > 0)) throw new Error('this is no notice')
  if (position <= after) return
  if (!seen.has(notice.id)) appendFileSync(file, `${JSON.stringify(notice)}\n`, { flush: true })
  writeFileSync(`${cursor}.new`, String(after = position))
  renameSync(`${cursor}.new`, cursor)
}

async function follow() {
  const quiet = new AbortController(), alarm = setTimeout(() => quiet.abort(new Error('silence')), QUIET_MS)
  try {
    const answer = await fetch(`${site}/api/events?after=${after}&limit=500`, { headers: { accept: 'text/event-stream' }, signal: quiet.signal })
    if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error(`the site answered ${answer.status}`)
    let rest = ''
    for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
      alarm.refresh()
      const messages = (rest + text).replaceAll('\r\n', '\n').split('\n\n')
      if ((rest = messages.pop()).length > MOST) throw new Error('a message without an end')
      for (const message of messages) take(message)
    }
  } finally { clearTimeout(alarm); quiet.abort() }
}

for (let wait = 250; ; wait = Math.min(wait * 2, 10_000)) {
  const before = after
  await follow().catch(error => console.error(`${new Date().toISOString()} ${error.message}; going on after ${after}`))
  if (after > before) wait = 250
  await sleep(wait * (0.5 + Math.random()))
}
