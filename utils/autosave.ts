/** Saves while somebody writes: one request at a time, the newest text wins, and nothing counts as saved before the server has confirmed it. */
import { mergeWriting } from '~/shared/review/merge'
import { changesBetween, sameWriting, type Writing } from '~/shared/review/writing'
import type { Replacement } from '~/shared/types/desk'
import { createSaveTimer } from './autosave/save-timer'
import type { Acknowledged, AutosaveOptions, Backup, SaveState } from './autosave/types'
import { createUnfitValues } from './autosave/unfit-values'
import type { FieldError } from './refusal-words'

export type Autosave = ReturnType<typeof createAutosave>

const UNFIT: SaveState = { kind: 'failed', say: 'One field is not valid and is not saved' }
const MOST_SENT = 5

export function createAutosave({
  base,
  send,
  keepVersion,
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
  let reason: Replacement | undefined
  let running: Promise<boolean> | undefined
  let signedOut = false
  const timer = createSaveTimer(() => void flush(), pause)
  const unfit = createUnfitValues()

  const unsaved = () => changesBetween(base.writing, mine)
  const sendable = () => unfit.without(unsaved(), mine)
  const isClean = () => !Object.keys(unsaved()).length
  const backUp = () => keep(isClean() && !sent.length ? undefined : { base, mine, sent })

  function changed(writing: Writing) {
    mine = writing
    unfit.forgetRewritten(writing)
    backUp()
    if (isClean() && !running) {
      timer.nothingTyped()
      if (!clash) show({ kind: 'saved' })
      return
    }
    if (clash) {
      meet(clash.theirs)
      return
    }
    if (running) return
    if (!timer.isRetrying()) show({ kind: 'unsaved' })
    timer.afterTyping()
  }

  /** Saves now; resolves to false if that is not possible. */
  function flush(): Promise<boolean> {
    timer.stop()
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
      const outcome = await send(changes, base.version, reason)
      signedOut = outcome.kind === 'signed-out'
      if (outcome.kind === 'saved') {
        acknowledge({ version: outcome.version, writing: text }, outcome.at)
      } else if (outcome.kind === 'changed') {
        meet(outcome.current)
      } else if (outcome.kind === 'refused') {
        refuse(outcome.errors)
      } else {
        show(outcome)
        // The same text would fail again, so it is retried only after it has changed.
        if (outcome.kind !== 'failed') timer.afterFailure()
        return false
      }
    }
  }

  function acknowledge(now: Acknowledged, at?: string) {
    base = now
    sent = []
    if (isClean()) reason = undefined
    timer.saved()
    backUp()
    if (!unfit.isEmpty()) show(UNFIT)
    else show(isClean() ? { kind: 'saved', at } : { kind: 'unsaved' })
  }

  /** The server has somebody else's text, or our own whose answer was lost. */
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
    reason = 'merge'
    merged(mine)
    acknowledge(current)
  }

  function refuse(errors: FieldError[]) {
    sent = []
    unfit.add(errors, unsaved(), mine)
    backUp()
    refused(errors)
    show(UNFIT)
  }

  return {
    changed,
    flush,
    /** For text that another command could not save because somebody else saved first. */
    meet(current: Acknowledged) {
      meet(current)
      return flush()
    },
    /** Text that was typed before the page died. */
    restore(backup: Backup, current: Acknowledged) {
      ;({ base, mine, sent } = backup)
      merged(mine)
      if (base.version !== current.version || sent.length) meet(current)
      return flush()
    },
    /** Puts another text in the place of this one, which is saved first; false if that is not possible. */
    async replace(writing: Writing): Promise<boolean> {
      if (!(await flush())) return false
      mine = writing
      reason = 'restore'
      merged(mine)
      return flush()
    },
    /** Resolves a clash; `choices` are the fields to keep. False if what they drop cannot be kept now. */
    async resolve(choices: Partial<Writing>): Promise<boolean> {
      if (!clash) return true
      const kept = await keepVersion(mine)
      if (kept.kind === 'offline' || kept.kind === 'signed-out') {
        show(kept)
        return false
      }
      const { theirs, joined } = clash
      mine = { ...joined, ...choices }
      reason = 'merge'
      clash = undefined
      merged(mine)
      clashed([])
      acknowledge(theirs)
      return flush()
    },
    version: () => base.version,
    /** Whether the last attempt to save failed because nobody is signed in. */
    isSignedOut: () => signedOut,
    /** What a closing page can still send; undefined if everything is saved or a request is in progress. */
    rest: () =>
      running || clash || isClean() ? undefined : { changes: sendable(), version: base.version },
    isClean,
    stop: timer.stop,
  }
}
