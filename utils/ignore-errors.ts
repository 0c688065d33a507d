/** Returns undefined instead of throwing: storage may be full, blocked, or hold unexpected data. */
export const ignoreErrors = <T>(act: () => T): T | undefined => {
  try {
    return act()
  } catch {
    return undefined
  }
}
