/** Sends a form as JSON and shows each problem beside its field; the first such field gets the focus, and what was typed stays. */
import type { Refusal } from '~/utils/refusal-words'

/** `read` builds the body of a form whose fields are not all single texts. */
export function useForm(
  address: string,
  read: (form: HTMLFormElement) => Record<string, unknown> = form =>
    Object.fromEntries(new FormData(form)),
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
      answer.value = await callApi(address, { method: 'POST', body })
      return true
    } catch (error) {
      const refusal = (error as { data?: Refusal }).data
      // A problem with one entry of a list is shown at the list.
      problems.value = Object.fromEntries(
        (refusal?.errors ?? [])
          .map(entry => ({ ...entry, field: entry.path.split('.')[0]! }))
          .filter(entry => entry.field in body)
          .map(entry => [entry.field, asSentence(entry.message)])
          .reverse(),
      )
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
  return { sending, problems, trouble, answer, send }
}
