/** Writes the log position that a page is built from into it; `/live` goes on from there, so that nothing falls between. Call it before anything is read. */
export function useLivePage() {
  const read: (() => Promise<number>) | undefined = useRequestEvent()?.context.readPosition
  const position = useState<number>('position')
  useHead({ htmlAttrs: { 'data-position': () => String(position.value ?? 0) } })
  return callOnce(async () => {
    position.value = (await read?.()) ?? 0
  })
}
