/** Saves the text on the writing page as it is typed; unsaved text survives a reload. */
import type { Clash } from '~/shared/review/merge'
import { copyOf, writingOf } from '~/shared/review/writing'
import type { DeskReview } from '~/shared/types/desk'
import type { Acknowledged, SaveState } from '~/utils/autosave/types'

export function useAutosave(review: DeskReview) {
  const writing = reactive(copyOf(writingOf(review.content)))
  const state = ref<SaveState>({ kind: 'saved' })
  const clashes = ref<Clash[]>([])
  const refused = useRefusedFields(writing)
  const server: Acknowledged = { version: review.version, writing: copyOf(writing) }
  const autosave = createAutosave({
    base: server,
    send: (...text) => sendWriting(review.id, ...text),
    keepVersion: text => keepVersion(review.id, text),
    keep: backup => keepBackup(review.id, backup),
    show: now => {
      state.value =
        now.kind === 'saved' && !now.at && state.value.kind === 'saved' ? state.value : now
      if (now.kind === 'saved') refused.clear()
    },
    merged: text => void keepCaret(() => Object.assign(writing, copyOf(text))),
    clashed: found => {
      clashes.value = found
    },
    refused: refused.refuse,
  })

  watch(writing, text => autosave.changed(copyOf(text)), { flush: 'sync' })
  onMounted(() => {
    const backup = findBackup(review.id)
    if (backup) void autosave.restore(backup, server)
    addEventListener('online', again)
    addEventListener('focus', again)
    addEventListener('pagehide', leave)
    addEventListener('beforeunload', leave)
  })
  onBeforeUnmount(() => {
    leave()
    autosave.stop()
    removeEventListener('online', again)
    removeEventListener('focus', again)
    removeEventListener('pagehide', leave)
    removeEventListener('beforeunload', leave)
  })
  const again = () => void autosave.flush()
  let left = ''
  function leave() {
    const rest = autosave.rest()
    if (!rest || left === JSON.stringify(rest)) return
    left = JSON.stringify(rest)
    sendBeforeLeaving(review.id, rest)
  }
  return { writing, state, clashes, problems: refused.problems, autosave }
}
