/** Keeps the caret where the writer left it when the text around it is replaced. */
export async function keepCaret(replace: () => void) {
  const field = document.activeElement
  if (
    !(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) ||
    field.selectionStart === null
  ) {
    replace()
    return
  }
  const { value, selectionStart, selectionEnd } = field
  replace()
  await nextTick()
  if (field.value === value) return
  const moved = (at: number) => placeIn(field.value, value.slice(0, at), value.slice(at))
  field.setSelectionRange(moved(selectionStart), moved(selectionEnd ?? selectionStart))
}

/** The caret stays behind the text that preceded it, or ahead of the text that followed it. */
function placeIn(text: string, before: string, after: string): number {
  if (text.startsWith(before)) return before.length
  if (text.endsWith(after)) return text.length - after.length
  const near = before.slice(-20)
  const found = near ? text.indexOf(near) : -1
  return found < 0 ? Math.min(before.length, text.length) : found + near.length
}
