/** Keeps a field on one line: Enter goes to the next field, and a line break that is pasted or dropped becomes a space. */
import { asOneLine } from '~/shared/one-line'

type Field = HTMLInputElement | HTMLTextAreaElement

export const ONE_LINE = {
  keydown(event: KeyboardEvent) {
    // While a word is being composed, Enter accepts it.
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    focusNext(event.currentTarget as Field)
  },
  paste(event: ClipboardEvent) {
    take(event, event.clipboardData)
  },
  drop(event: DragEvent) {
    take(event, event.dataTransfer)
  },
}

function take(event: Event, data: DataTransfer | null) {
  const text = data?.getData('text/plain') ?? ''
  const line = asOneLine(text)
  const field = event.currentTarget as Field
  if (line === text || field.readOnly) return
  event.preventDefault()
  field.focus()
  // The browser's own way keeps its undo; it is old, and missing in some.
  if (document.execCommand?.('insertText', false, line)) return
  field.setRangeText(line, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function focusNext(field: Field) {
  const fields = [
    ...document.querySelectorAll<HTMLElement>('main :is(input, textarea, select):not(:disabled)'),
  ]
  fields[fields.indexOf(field) + 1]?.focus()
}
