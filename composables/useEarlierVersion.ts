/** Brings an earlier version back; what stood there is saved first, and can be put back with one press or Ctrl+Z. */
import { copyOf, sameWriting, type Writing } from '~/shared/review/writing'
import type { Autosave } from '~/utils/autosave'

export function useEarlierVersion(writing: Writing, autosave: Autosave) {
  /** The text before and after, until something else is typed. */
  const brought = shallowRef<{ before: Writing; after: Writing }>()
  const trouble = ref('')
  /** Raised whenever there is a new version to list. */
  const count = ref(0)

  async function bring(earlier: Writing) {
    const before = copyOf(writing)
    if (!(await put(earlier, 'Not restored.'))) return
    brought.value = { before, after: copyOf(writing) }
  }

  async function undo() {
    const { before } = brought.value ?? {}
    if (before && (await put(before, 'Not undone.'))) brought.value = undefined
  }

  async function put(text: Writing, otherwise: string): Promise<boolean> {
    trouble.value = ''
    const done = await autosave.replace(text)
    if (done) count.value++
    else trouble.value = `${otherwise} ${unsavedWords(autosave.isSignedOut())}`
    return done
  }

  const canUndo = computed(
    () => brought.value !== undefined && sameWriting(writing, brought.value.after),
  )

  /** The browser's own undo does not know of a text that a script has put in. */
  function press(event: KeyboardEvent) {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'z'
    if (!isUndo || !canUndo.value) return
    event.preventDefault()
    void undo()
  }

  return { bring, undo, press, canUndo, trouble, count }
}
