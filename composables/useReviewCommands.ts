/** The commands of the writing page. Each saves first, so that what is published is what is on the screen; problems are shown beside their fields. */
import type { Writing } from '~/shared/review/writing'
import type { DeskReview, ShownPartChoices } from '~/shared/types/desk'
import type { Autosave } from '~/utils/autosave'
import type { ReviewAct } from '~/utils/review-act'
import type { CommandRefusal } from '~/utils/send-writing'
import type { FetchError } from 'ofetch'

export function useReviewCommands(review: Ref<DeskReview>, autosave: Autosave, writing: Writing) {
  const busy = ref(false)
  const said = ref('')
  const refused = useRefusedFields(writing)
  const refusedAct = ref<ReviewAct>()
  const trouble: Readonly<Ref<string>> = computed(() => {
    if (said.value || !refusedAct.value || !refused.errors.value.length) return said.value
    return `${NOT_DONE[refusedAct.value]} ${missingWords(refused.errors.value)}`
  })
  const problems: Readonly<Ref<Record<string, string>>> = refused.problems
  /** Stays the same until the server answers, so that a second press after a lost answer is the same command. */
  let pending: { act: string; key: string } | undefined

  async function run(act: ReviewAct, body: object = {}): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    said.value = ''
    refused.clear()
    try {
      if (!(await autosave.flush())) {
        said.value = `${NOT_DONE[act]} ${unsavedWords(autosave.isSignedOut())}`
        return false
      }
      await send(act, body)
      pending = undefined
      review.value = await callApi<DeskReview>(`/api/desk/reviews/${review.value.id}`)
      await autosave.meet(currentOf({ ...review.value.content, version: review.value.version }))
      return true
    } catch (error) {
      await explain(act, error as FetchError<CommandRefusal>)
      return false
    } finally {
      busy.value = false
      if (Object.keys(problems.value).length) void focusFirstProblem()
    }
  }

  async function send(act: ReviewAct, body: object) {
    const { path, options } = reviewRequest(act, review.value.id, body)
    const same = act + JSON.stringify(body) + autosave.version()
    if (pending?.act !== same) pending = { act: same, key: commandKey() }
    const headers = { 'if-match': `"${autosave.version()}"`, 'idempotency-key': pending.key }
    await callApi(path, { ...options, headers })
  }

  async function explain(act: ReviewAct, { status, data }: FetchError<CommandRefusal>) {
    if (status) pending = undefined
    refused.refuse(data?.errors ?? [])
    refusedAct.value = act
    if (status === 412 && data?.current) await autosave.meet(currentOf(data.current))
    const why = whyNotDone(status, data)
    if (why) said.value = `${NOT_DONE[act]} ${why}`
  }

  /** Shows a problem that is known before anything is sent. */
  function refuse(path: string, message: string) {
    refused.refuse([{ path, message }])
    refusedAct.value = undefined
    void focusFirstProblem()
  }

  const chosen = (parts: ShownPartChoices) => (Object.keys(parts).length ? { parts } : {})

  return {
    busy,
    trouble,
    problems,
    refuse,
    forget: refused.forget,
    publish: (parts: ShownPartChoices) => run('publish', chosen(parts)),
    fix: (changes: Partial<Writing>, parts: ShownPartChoices = {}) =>
      run('fix', { ...changes, ...chosen(parts) }),
    correct: (changes: Partial<Writing>, note: string, parts: ShownPartChoices = {}) =>
      note.trim()
        ? run('correct', { ...changes, note, ...chosen(parts) })
        : refuse('note', 'say what was wrong and what is right'),
    archive: (reason: string, forGood = false) =>
      reason.trim()
        ? run('archive', { reason, ...(forGood && { forGood }) })
        : refuse('reason', 'give a reason; readers will see it'),
    restore: () => run('restore'),
    erase: (title: string) => run('erase', { title }),
    schedule: (at: string, timeZone: string, parts: ShownPartChoices) =>
      run('schedule', { at, timeZone, ...chosen(parts) }),
    unschedule: () => run('unschedule'),
    discard: () => run('discard'),
    bringBack: () => run('bring-back'),
  }
}

async function focusFirstProblem() {
  await nextTick()
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
