/** Sends a form as JSON and shows each problem beside its field; the first such field gets the focus, and what was typed stays. */
import type { FieldError, Refusal } from '~/utils/refusal-words'

/** `read` builds the body of a form whose fields are not all single texts. */
export function useForm(
  address: string,
  read: (form: HTMLFormElement) => Record<string, unknown> = form =>
    Object.fromEntries(new FormData(form)),
  method: 'POST' | 'PATCH' = 'POST',
) {
  const sending = ref(false)
  /** By field. */
  const problems = ref<Record<string, string>>({})
  /** A problem that belongs to no field. */
  const trouble = ref('')
  /** The server's message when it accepted the form. */
  const answer = shallowRef<unknown>()

  /** Resolves to whether it was accepted. */
  async function send(form: HTMLFormElement): Promise<boolean> {
    const body = read(form)
    sending.value = true
    try {
      answer.value = await callApi(address, { method, body })
      problems.value = {}
      trouble.value = ''
      return true
    } catch (error) {
      const refusal = (error as { data?: Refusal }).data
      problems.value = byField(refusal?.errors ?? [], field => field in body)
      trouble.value = Object.keys(problems.value).length
        ? ''
        : (refusal?.detail ??
          refusal?.title ??
          'The server cannot be reached. What you typed is still here.')
      await nextTick()
      form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
      return false
    } finally {
      sending.value = false
    }
  }
  /** What the server found in a form that was posted without script; hidden fields have no place. */
  function show(found: FieldError[] = []) {
    problems.value = byField(found, field => !['', 'token', 'next'].includes(field))
    const other = found.find(({ path }) => !(path in problems.value))
    trouble.value = other ? withFullStop(other.message) : ''
  }
  return { sending, problems, trouble, answer, send, show }
}

/** A problem with one entry of a list is shown at the list; of several, the first. */
const byField = (errors: FieldError[], isShown: (field: string) => boolean) =>
  Object.fromEntries(
    errors
      .map(({ path, message }) => ({ field: path.split('.')[0]!, message }))
      .filter(({ field }) => isShown(field))
      .map(({ field, message }) => [field, asSentence(message)])
      .reverse(),
  )
