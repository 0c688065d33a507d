/**
 * Notices when a mail server refuses one recipient after another and takes none: that says more
 * about us than about them.
 */

const RECIPIENTS = 3
/** Two in a row may be a coincidence. */
const COINCIDENCE = 2
/** Forgetting too much only means that somebody is asked once more. */
const MOST_REMEMBERED = 10_000

/**
 * `all`: nobody has been taken since several recipients were refused. `suspect`: not yet that
 * many, but this is not one of the first. `one`: others were taken since
 * this recipient was first refused. `few`: others were taken only before that. `unknown`: nothing was
 * taken yet.
 */
export type Refused = 'all' | 'suspect' | 'one' | 'few' | 'unknown'

export class RefusalsInARow {
  private emailsTaken = 0
  /** How many emails had been taken when each recipient was first refused. */
  private first = new Map<string, number>()
  private inARow = { recipients: new Set<string>(), refusals: 0 }

  /** How many recipients are no coincidence any more. */
  constructor(private most = RECIPIENTS) {}

  taken(recipient: string) {
    this.emailsTaken++
    this.first.delete(recipient)
    this.inARow = { recipients: new Set(), refusals: 0 }
  }

  refused(recipient: string): Refused {
    if (this.first.size >= MOST_REMEMBERED) this.first.clear()
    const before = this.first.get(recipient) ?? this.emailsTaken
    this.first.set(recipient, before)
    if (before < this.emailsTaken) return 'one'
    this.inARow.recipients.add(recipient)
    this.inARow.refusals++
    if (this.isMany()) return 'all'
    if (this.inARow.recipients.size > COINCIDENCE) return 'suspect'
    return this.emailsTaken ? 'few' : 'unknown'
  }

  private isMany(): boolean {
    const { recipients, refusals } = this.inARow
    // Where nothing was ever taken, two who were tried repeatedly are enough.
    const areTwoStuck = !this.emailsTaken && recipients.size > 1 && refusals >= this.most + 2
    return recipients.size >= this.most || areTwoStuck
  }
}
