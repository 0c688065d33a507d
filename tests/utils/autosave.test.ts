/** Autosave, with a server that answers when the test says so. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Clash } from '../../shared/review/merge'
import { type Writing, writingOf } from '../../shared/review/writing'
import type { Replacement } from '../../shared/types/desk'
import { createAutosave } from '../../utils/autosave'
import type { Acknowledged, Backup, Outcome, SaveState } from '../../utils/autosave/types'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const text = (fields: Partial<Writing> = {}): Writing => ({ ...writingOf({}), ...fields })

/** A server with one review; `answer` overrides its next answer. */
function openEditor(start = text()) {
  const server: Acknowledged = { version: 1, writing: start }
  const seen = {
    sent: [] as Partial<Writing>[],
    reasons: [] as (Replacement | undefined)[],
    kept: [] as Writing[],
    most: 0,
    states: [] as SaveState[],
    merged: [] as Writing[],
    clashes: [] as Clash[],
    backup: undefined as Backup | undefined,
    problems: [] as string[],
  }
  let open = 0
  const overrule: (() => Outcome | Promise<Outcome>)[] = []
  const take = (changes: Partial<Writing>, version: number): Outcome => {
    if (version !== server.version) return { kind: 'changed', current: { ...server } }
    Object.assign(server, {
      version: server.version + 1,
      writing: { ...server.writing, ...changes },
    })
    return { kind: 'saved', version: server.version, at: 'now' }
  }
  const autosave = createAutosave({
    base: { ...server },
    async keepVersion(writing) {
      const outcome = overrule.shift()?.() ?? {
        kind: 'saved' as const,
        version: server.version,
        at: 'now',
      }
      if ((await outcome).kind === 'saved') seen.kept.push(writing)
      return outcome
    },
    async send(changes, version, reason) {
      seen.sent.push(changes)
      seen.reasons.push(reason)
      seen.most = Math.max(seen.most, ++open)
      await new Promise(resolve => setTimeout(resolve, 50))
      try {
        return await (overrule.shift() ?? (() => take(changes, version)))()
      } finally {
        open--
      }
    },
    keep: backup => {
      seen.backup = backup && structuredClone(backup)
    },
    show: state => seen.states.push(state),
    merged: writing => seen.merged.push(writing),
    clashed: clashes => {
      seen.clashes = clashes
    },
    refused: errors => seen.problems.push(...errors.map(({ path }) => path)),
  })
  return { server, seen, autosave, take, overrule }
}

it('sends one at a time, and the newest text wins', async () => {
  const { server, seen, autosave } = openEditor()
  for (const body of ['O', 'On', 'One', 'One w', 'One word']) {
    autosave.changed(text({ body }))
    await vi.advanceTimersByTimeAsync(530)
  }
  await vi.runAllTimersAsync()
  expect(server.writing.body).toBe('One word')
  expect(seen.most).toBe(1)
  expect(seen.states.at(-1)).toEqual({ kind: 'saved', at: 'now' })
  expect(seen.backup).toBeUndefined()
})

it('saves even if somebody never stops typing', async () => {
  const { seen, autosave } = openEditor()
  for (let i = 1; i <= 20; i++) {
    autosave.changed(text({ body: 'x'.repeat(i) }))
    await vi.advanceTimersByTimeAsync(200)
  }
  expect(seen.sent.length).toBeGreaterThan(0)
})

it('does not take its own save for somebody else’s when the answer was lost', async () => {
  const { server, seen, autosave, take, overrule } = openEditor()
  overrule.push(() => {
    take({ body: 'Mine' }, 1)
    return { kind: 'offline' }
  })
  autosave.changed(text({ body: 'Mine' }))
  await vi.advanceTimersByTimeAsync(600)
  autosave.changed(text({ body: 'Mine, and more' }))
  await vi.runAllTimersAsync()
  expect(seen.clashes).toEqual([])
  expect(server.writing.body).toBe('Mine, and more')
})

it('keeps the text until the server has it, and continues after a crash', async () => {
  const first = openEditor()
  first.overrule.push(() => ({ kind: 'offline' }))
  first.autosave.changed(text({ body: 'In a tunnel' }))
  await vi.advanceTimersByTimeAsync(600)
  first.autosave.stop()
  expect(first.seen.states.at(-1)).toEqual({ kind: 'offline' })
  expect(first.seen.backup?.mine.body).toBe('In a tunnel')

  const second = openEditor()
  void second.autosave.restore(first.seen.backup!, { ...second.server })
  await vi.runAllTimersAsync()
  expect(second.server.writing.body).toBe('In a tunnel')
  expect(second.seen.backup).toBeUndefined()
})

it('tries again by itself', async () => {
  const { server, autosave, overrule } = openEditor()
  overrule.push(
    () => ({ kind: 'offline' }),
    () => ({ kind: 'signed-out' }),
  )
  autosave.changed(text({ title: 'Late' }))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(server.writing.title).toBe('Late')
})

it('does not resend what the server will never accept, until it has changed', async () => {
  const { server, seen, autosave, overrule } = openEditor()
  overrule.push(() => ({ kind: 'failed', say: 'The body is too long.' }))
  autosave.changed(text({ body: 'much too long' }))
  await vi.advanceTimersByTimeAsync(600_000)
  expect([seen.sent.length, seen.states.at(-1)?.kind, seen.backup?.mine.body]).toEqual([
    1,
    'failed',
    'much too long',
  ])
  autosave.changed(text({ body: 'short' }))
  await vi.runAllTimersAsync()
  expect(server.writing.body).toBe('short')
})

it('merges changes in other places silently', async () => {
  const { server, seen, autosave } = openEditor(text({ body: 'one two three four' }))
  Object.assign(server, { version: 2, writing: text({ body: 'one two three FOUR' }) })
  autosave.changed(text({ body: 'ONE two three four' }))
  await vi.runAllTimersAsync()
  expect(server.writing.body).toBe('ONE two three FOUR')
  expect(seen.merged.at(-1)?.body).toBe('ONE two three FOUR')
})

it("does not overwrite somebody else's words before the writer has chosen", async () => {
  const { server, seen, autosave } = openEditor(text({ title: 'A dog' }))
  Object.assign(server, { version: 2, writing: text({ title: 'A cat' }) })
  autosave.changed(text({ title: 'A cow' }))
  await vi.runAllTimersAsync()
  expect(server.writing.title).toBe('A cat')
  expect(seen.clashes).toEqual([
    { field: 'title', mine: 'A cow', theirs: 'A cat', both: 'A cow cat' },
  ])
  expect(seen.backup?.mine.title).toBe('A cow')
  void autosave.resolve({ title: 'A cow and a cat' })
  await vi.runAllTimersAsync()
  expect(server.writing.title).toBe('A cow and a cat')
})

it('saves the other fields while one is invalid, and that one once it is valid', async () => {
  const { server, seen, autosave, overrule } = openEditor()
  overrule.push(() => ({
    kind: 'refused',
    errors: [{ path: 'summary', message: 'must have at most 300 characters' }],
  }))
  autosave.changed(text({ title: 'Fits', summary: 'long' }))
  await vi.runAllTimersAsync()
  expect(server.writing).toMatchObject({ title: 'Fits', summary: '' })
  expect(seen.problems).toEqual(['summary'])
  expect(seen.states.at(-1)?.kind).toBe('failed')
  autosave.changed(text({ title: 'Fits', summary: 'short' }))
  await vi.runAllTimersAsync()
  expect(server.writing.summary).toBe('short')
  expect(seen.states.at(-1)?.kind).toBe('saved')
})

it('saves what was typed before an earlier version takes its place, and says so to the server', async () => {
  const { server, seen, autosave } = openEditor()
  autosave.changed(text({ body: 'Typed just now' }))
  const done = autosave.replace(text({ body: 'Earlier' }))
  await vi.runAllTimersAsync()
  expect(await done).toBe(true)
  expect(seen.sent).toEqual([{ body: 'Typed just now' }, { body: 'Earlier' }])
  expect(seen.reasons).toEqual([undefined, 'restore'])
  autosave.changed(text({ body: 'Earlier, and on' }))
  await vi.runAllTimersAsync()
  expect(seen.reasons.at(-1)).toBeUndefined()
  expect(server.writing.body).toBe('Earlier, and on')
})

it('puts no earlier version in the place of a text that cannot be saved', async () => {
  const { seen, autosave, overrule } = openEditor()
  autosave.changed(text({ body: 'Typed just now' }))
  overrule.push(() => ({ kind: 'signed-out' }))
  const done = autosave.replace(text({ body: 'Earlier' }))
  await vi.advanceTimersByTimeAsync(60)
  expect(await done).toBe(false)
  expect(seen.merged).toEqual([])
  autosave.stop()
})

it('keeps my side of a merge as a version before theirs is chosen, or leaves both open', async () => {
  const { server, seen, autosave, overrule } = openEditor(text({ title: 'A dog' }))
  Object.assign(server, { version: 2, writing: text({ title: 'A cow' }) })
  autosave.changed(text({ title: 'A cat' }))
  await vi.runAllTimersAsync()
  expect(seen.clashes).toHaveLength(1)
  overrule.push(() => ({ kind: 'offline' }))
  expect(await autosave.resolve({ title: 'A cow' })).toBe(false)
  expect(seen.clashes).toHaveLength(1)
  const done = autosave.resolve({ title: 'A cow' })
  await vi.runAllTimersAsync()
  expect(await done).toBe(true)
  expect(seen.kept.map(({ title }) => title)).toEqual(['A cat'])
})

it('knows that nobody is signed in, and goes on saving once somebody is', async () => {
  const { server, seen, autosave, overrule } = openEditor()
  overrule.push(() => ({ kind: 'signed-out' }))
  autosave.changed(text({ body: 'Typed' }))
  await vi.advanceTimersByTimeAsync(600)
  expect(autosave.isSignedOut()).toBe(true)
  expect(seen.states.at(-1)).toEqual({ kind: 'signed-out' })
  expect(seen.backup?.mine.body).toBe('Typed')
  await vi.runAllTimersAsync()
  expect(autosave.isSignedOut()).toBe(false)
  expect(server.writing.body).toBe('Typed')
})
