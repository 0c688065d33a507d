/** Moves the focus to `place` if what had it is gone, such as a button that was pressed. */
export async function keepFocus(place: HTMLElement | null) {
  await nextTick()
  if (document.activeElement === document.body) place?.focus()
}
