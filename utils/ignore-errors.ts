/** Acts, or does nothing: storage may be full, forbidden, or hold what somebody else wrote. */
export const ignoreErrors = <T>(act: () => T): T | undefined => {
  try {
    return act()
  } catch {
    return undefined
  }
}
