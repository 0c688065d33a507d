/** Whether a push service refuses us or one subscription: a stranger can hand in a subscription that is always refused, and must not silence a service for everybody with it. */

/** So many refusals in a row, with nothing accepted between, are about us. */
const ABOUT_US = 3

export class RefusalTracker {
  private services = new Map<string, { everAccepted: boolean; inRow: number }>()

  accepted(origin: string) {
    this.services.set(origin, { everAccepted: true, inRow: 0 })
  }

  /** True when the service as a whole does not take our word: what it never did, or no longer does. */
  refused(origin: string): boolean {
    const { everAccepted, inRow } = this.services.get(origin) ?? { everAccepted: false, inRow: 0 }
    this.services.set(origin, { everAccepted, inRow: inRow + 1 })
    return !everAccepted || inRow + 1 >= ABOUT_US
  }
}
