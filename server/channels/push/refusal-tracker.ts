/**
 * Tells whether a push service refuses us or just one subscription: a stranger may register one
 * that is always refused, and must not silence the service for everybody.
 */

/** This many refusals in a row, with nothing accepted in between, are about us. */
const ABOUT_US = 3

export class RefusalTracker {
  private services = new Map<string, { everAccepted: boolean; inRow: number }>()

  accepted(origin: string) {
    this.services.set(origin, { everAccepted: true, inRow: 0 })
  }

  /** True if the service refuses us as a whole, because it never accepted us or no longer does. */
  refused(origin: string): boolean {
    const { everAccepted, inRow } = this.services.get(origin) ?? { everAccepted: false, inRow: 0 }
    this.services.set(origin, { everAccepted, inRow: inRow + 1 })
    return !everAccepted || inRow + 1 >= ABOUT_US
  }
}
