/** Saving while somebody writes: one request at a time, the newest text wins, and nothing counts as kept before the server has said so. */
import { type Clash, mergeWriting } from '~/shared/review/merge'
import {
  changesBetween,
  type Field,
  FIELDS,
  sameWriting,
  type Writing,
} from '~/shared/review/writing'

export interface Acknowledged {
  version: number
  writing: Writing
}
/** What lies in the browser until the server has it. `sent` are the texts on their way: nobody knows yet whether they arrived. */
export interface Backup {
  base: Acknowledged
  mine: Writing
  sent: Writing[]
}

export type Outcome =
  | { kind: 'saved'; version: number; at: string }
  | { kind: 'changed'; current: Acknowledged }
  | { kind: 'refused'; errors: { path: string; message: string }[] }
  | { kind: 'offline' | 'signed-out' }
  | { kind: 'failed'; say: string }

export type SaveState =
  | { kind: 'saved'; at?: string }
  | { kind: 'unsaved' | 'saving' | 'offline' | 'signed-out' | 'clash' }
  | { kind: 'failed'; say: string }

export interface AutosaveOptions {
  base: Acknowledged
  send: (changes: Partial<Writing>, version: number) => Promise<Outcome>
  keep: (backup: Backup | undefined) => void
  show: (state: SaveState) => void
  /** The text is not what was typed any more: somebody else's changes are in it. */
  merged: (writing: Writing) => void
  clashed: (clashes: Clash[]) => void
  refused: (errors: { path: string; message: string }[]) => void
  /** Milliseconds. */
  pause?: number
}

const UNFIT: SaveState = { kind: 'failed', say: 'One field is not valid and is not saved' }
const LONGEST_PAUSE_MS = 3000
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000
const MOST_SENT = 5

export function createAutosave({
  base,
  send,
  keep,
  show,
  merged,
  clashed,
  refused,
  pause = 500,
}: AutosaveOptions) {
  let mine = base.writing
  let sent: Writing[] = []
  let clash: { theirs: Acknowledged; joined: Writing } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let firstUnsaved = 0
  let tries = 0
  let running: Promise<boolean> | undefined
  /** Values that the server will not take; the other fields are saved without them. */
  const unfit = new Map<Field, unknown>()

  const unsaved = () => changesBetween(base.writing, mine)
  const sendable = () =>
    Object.fromEntries(
      Object.entries(unsaved()).filter(
        ([field]) => unfit.get(field as Field) !== mine[field as Field],
      ),
    )
  const isClean = () => !Object.keys(unsaved()).length
  const backUp = () => keep(isClean() && !sent.length ? undefined : { base, mine, sent })

  function changed(writing: Writing) {
    mine = writing
    for (const [field, value] of unfit) if (writing[field] !== value) unfit.delete(field)
    backUp()
    if (isClean() && !running) {
      firstUnsaved = 0
      clearTimeout(timer)
      if (!clash) show({ kind: 'saved' })
      return
    }
    if (clash) {
      meet(clash.theirs)
      return
    }
    if (running) return
    firstUnsaved ||= Date.now()
    if (tries === 0) show({ kind: 'unsaved' })
    later(Math.max(0, Math.min(pause, firstUnsaved + LONGEST_PAUSE_MS - Date.now())))
  }

  function later(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }

  /** Saves now what is not saved; false when something stands in the way. */
  function flush(): Promise<boolean> {
    clearTimeout(timer)
    return (running ??= drain().finally(() => {
      running = undefined
    }))
  }

  async function drain(): Promise<boolean> {
    for (;;) {
      if (clash) return false
      const changes = sendable()
      if (!Object.keys(changes).length) return isClean()
      const text = { ...base.writing, ...changes }
      sent = [...sent.slice(1 - MOST_SENT), text]
      backUp()
      show({ kind: 'saving' })
      const outcome = await send(changes, base.version)
      if (outcome.kind === 'saved')
        acknowledge({ version: outcome.version, writing: text }, outcome.at)
      else if (outcome.kind === 'changed') meet(outcome.current)
      else if (outcome.kind === 'refused') refuse(outcome.errors)
      else return outcome.kind === 'failed' ? giveUp(outcome) : postpone(outcome)
    }
  }

  function acknowledge(now: Acknowledged, at?: string) {
    base = now
    sent = []
    tries = firstUnsaved = 0
    backUp()
    if (unfit.size) show(UNFIT)
    else show(isClean() ? { kind: 'saved', at } : { kind: 'unsaved' })
  }

  /** Somebody else's text is on the server; or our own, whose answer was lost. */
  function meet(current: Acknowledged) {
    if (sent.some(text => sameWriting(current.writing, text))) return acknowledge(current)
    if (sameWriting(current.writing, mine)) {
      clash = undefined
      clashed([])
      return acknowledge(current)
    }
    const { writing, clashes } = mergeWriting(base.writing, mine, current.writing)
    sent = []
    clash = clashes.length ? { theirs: current, joined: writing } : undefined
    clashed(clashes)
    if (clash) {
      backUp()
      show({ kind: 'clash' })
      return
    }
    mine = writing
    merged(mine)
    acknowledge(current)
  }

  function refuse(errors: { path: string; message: string }[]) {
    sent = []
    const fields = FIELDS.filter(field => errors.some(({ path }) => path.split('.')[0] === field))
    for (const field of fields.length ? fields : (Object.keys(sendable()) as Field[]))
      unfit.set(field, mine[field])
    backUp()
    refused(errors)
    show(UNFIT)
  }

  /** The same text would be refused again: it is tried once more when it has changed. */
  function giveUp(outcome: Extract<Outcome, { kind: 'failed' }>): false {
    show(outcome)
    return false
  }

  function postpone(
    outcome: Exclude<Outcome, { kind: 'saved' | 'changed' | 'refused' | 'failed' }>,
  ): false {
    show(outcome)
    later(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries++))
    return false
  }

  return {
    changed,
    flush,
    /** For a text that was refused elsewhere because somebody was quicker. */
    meet(current: Acknowledged) {
      meet(current)
      return flush()
    },
    /** What was typed before the page died. */
    restore(backup: Backup, current: Acknowledged) {
      ;({ base, mine, sent } = backup)
      merged(mine)
      if (base.version !== current.version || sent.length) meet(current)
      return flush()
    },
    /** Ends a clash; `choices` are the fields as they shall be. */
    resolve(choices: Partial<Writing>) {
      if (!clash) return Promise.resolve(true)
      mine = { ...clash.joined, ...choices }
      const { theirs } = clash
      clash = undefined
      merged(mine)
      clashed([])
      acknowledge(theirs)
      return flush()
    },
    version: () => base.version,
    /** What a page that is being closed can still send; undefined when nothing is left or something is on its way. */
    rest: () =>
      running || clash || isClean() ? undefined : { changes: sendable(), version: base.version },
    isClean,
    stop() {
      clearTimeout(timer)
    },
  }
}
