/** Writes the log position that a page was rendered from into the page, so that `/live` continues from there and nothing is missed. Call it before reading any data. */
export function useLivePage() {
  const read: (() => Promise<number>) | undefined = useRequestEvent()?.context.readPosition
  const position = useState<number>('position')
  useHead({ htmlAttrs: { 'data-position': () => String(position.value ?? 0) } })
  return callOnce(async () => {
    position.value = (await read?.()) ?? 0
  })
}
