/** The acts of the writing page. Each saves first, so that what is published is what is on the screen; what is refused is said beside its field. */
import type { Writing } from '~/shared/review/writing'
import type { DeskReview, ShownPartChoices } from '~/shared/types/desk'
import type { DraftContent } from '~/shared/types/review'
import type { createAutosave } from '~/utils/autosave'
import type { Refusal } from '~/utils/refusal-words'
import type { FetchError } from 'ofetch'

type Unfit = { path: string; message: string }
interface NotDone extends Refusal {
  current?: DraftContent & { version: number }
}
export type Act =
  | 'publish'
  | 'fix'
  | 'correct'
  | 'archive'
  | 'restore'
  | 'schedule'
  | 'unschedule'
  | 'discard'
  | 'bring-back'

const NOT_DONE: Record<Act, string> = {
  publish: 'Not published.',
  fix: 'Not published.',
  correct: 'Not published.',
  archive: 'Not archived.',
  restore: 'Not restored.',
  schedule: 'Not scheduled.',
  unschedule: 'Still scheduled.',
  discard: 'Not discarded.',
  'bring-back': 'Not restored.',
}

export function useReviewCommands(
  review: Ref<DeskReview>,
  autosave: ReturnType<typeof createAutosave>,
  writing: Writing,
) {
  const busy = ref(false)
  const said = ref('')
  const refusal = shallowRef<{ act?: Act; errors: Unfit[]; of: Writing }>()
  /** What was refused, as long as it stands there unchanged. */
  const errors = computed(
    () =>
      refusal.value?.errors.filter(({ path }) => sameAt(path, refusal.value!.of, writing)) ?? [],
  )
  const problems = computed(() => inSentences(errors.value))
  const trouble = computed(
    () =>
      said.value ||
      (refusal.value?.act && errors.value.length
        ? `${NOT_DONE[refusal.value.act]} ${missingWords(errors.value)}`
        : ''),
  )
  const refused = (errors: Unfit[], act?: Act) => {
    refusal.value = { act, errors, of: JSON.parse(JSON.stringify(writing)) }
  }
  /** The same until it is answered, so that a second press after a lost answer is the same act. */
  let pending: { act: string; key: string } | undefined

  async function run(act: Act, body: object): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    said.value = ''
    refusal.value = undefined
    try {
      if (!(await autosave.flush())) {
        said.value = `${NOT_DONE[act]} Not everything is saved yet.`
        return false
      }
      await send(act, body)
      pending = undefined
      review.value = await callApi<DeskReview>(`/api/desk/reviews/${review.value.id}`)
      await autosave.meet(currentOf({ ...review.value.content, version: review.value.version }))
      return true
    } catch (error) {
      await explain(act, error as FetchError<NotDone>)
      return false
    } finally {
      busy.value = false
      if (Object.keys(problems.value).length) void focusFirstProblem()
    }
  }

  async function send(act: Act, body: object) {
    const path = `/api/${act === 'discard' || act === 'bring-back' ? 'desk/' : ''}reviews/${review.value.id}/${act === 'unschedule' ? 'schedule' : act}`
    const same = act + JSON.stringify(body) + autosave.version()
    if (pending?.act !== same) pending = { act: same, key: commandKey() }
    const headers = { 'if-match': `"${autosave.version()}"`, 'idempotency-key': pending.key }
    await (act === 'unschedule'
      ? callApi(path, { method: 'DELETE', headers })
      : callApi(path, { method: 'POST', headers, body, retry: 0 }))
  }

  async function explain(act: Act, { status, data }: FetchError<NotDone>) {
    if (status) pending = undefined
    refused(data?.errors ?? [], act)
    const why = (words: string) => {
      said.value = `${NOT_DONE[act]} ${words}`
    }
    if (status === 412 && data?.current) {
      await autosave.meet(currentOf(data.current))
      why(
        'This review was changed in another window or by somebody else. Check it, then press again.',
      )
    } else if (status === 401) why('You are signed out. Sign in on another tab, then press again.')
    else if (!status) why('The server cannot be reached. Your text is kept here.')
    else if (!data?.errors?.length)
      why(data?.detail ?? data?.title ?? 'The server could not do it.')
  }

  /** One refusal that was known before anything was sent. */
  function refuse(path: string, message: string) {
    refused([{ path, message }])
    void focusFirstProblem()
  }
  /** The field was written in anew. */
  function forget(path: string) {
    if (refusal.value)
      refusal.value = {
        ...refusal.value,
        errors: refusal.value.errors.filter(error => error.path !== path),
      }
  }

  return {
    busy,
    trouble,
    problems,
    refuse,
    forget,
    publish: (parts: ShownPartChoices) =>
      run('publish', Object.keys(parts).length ? { parts } : {}),
    fix: (changes: Partial<Writing>) => run('fix', changes),
    correct: (changes: Partial<Writing>, note: string) =>
      note.trim()
        ? run('correct', { ...changes, note })
        : refuse('note', 'say what was wrong and what is right'),
    archive: (reason: string) =>
      reason.trim()
        ? run('archive', { reason })
        : refuse('reason', 'give a reason; readers will see it'),
    restore: () => run('restore', {}),
    schedule: (at: string, timeZone: string, parts: ShownPartChoices) =>
      run('schedule', { at, timeZone, ...(Object.keys(parts).length && { parts }) }),
    unschedule: () => run('unschedule', {}),
    discard: () => run('discard', {}),
    bringBack: () => run('bring-back', {}),
  }
}

async function focusFirstProblem() {
  await nextTick()
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
