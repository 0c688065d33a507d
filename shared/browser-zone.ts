/** The time zone of this browser, where it knows one that has a name. */

/** Undefined for `Etc/Unknown`, which browsers say where the system has no zone, and for bare offsets, which know no summer time. */
export function browserZone(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return isZoneName(timeZone) ? timeZone : undefined
}

export const isZoneName = (name?: string) =>
  /^[a-z][\w/+-]{1,63}$/i.test(name ?? '') && !/unknown/i.test(name!)
