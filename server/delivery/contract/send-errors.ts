/** What a handler throws to say why it did not send, and what to do about it. */

/**
 * Thrown by a handler: try again, `at` the time (ms epoch) that the far side named, if it did;
 * `pause` names an origin to which nothing is sent until then.
 */
export class Retry extends Error {
  constructor(
    reason: string,
    readonly options: { at?: number; pause?: string } = {},
  ) {
    super(reason)
    this.name = 'Retry'
  }
}
/** Thrown by a handler: this will never work; a person must look. */
export class Dead extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Dead'
  }
}
/** Thrown by a handler: there is nobody (any more) to send this to. Not a failure. */
export class Suppressed extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Suppressed'
  }
}
/**
 * Thrown by a handler: the part itself cannot send (wrong credentials); its deliveries wait, and
 * none uses up an attempt.
 */
export class Stopped extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Stopped'
  }
}
/**
 * Thrown by a handler of bundles: there is nothing to say yet; these rows wait until `at` (ms
 * epoch) and join that bundle. Not a failure, not an attempt.
 */
export class Postponed extends Error {
  constructor(
    reason: string,
    readonly at: number,
    readonly bundle: string,
  ) {
    super(reason)
    this.name = 'Postponed'
  }
}
