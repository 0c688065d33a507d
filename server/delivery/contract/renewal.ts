/** How a part gets a newer credential from its far side before the one that it has ends. */

export interface Credential {
  value: string
  /** When it ends, in ms since the epoch. */
  endsAt: number
}

export interface Renewal<Settings> {
  /** The setting that holds the first one. */
  setting: keyof Settings & string
  /**
   * Called at half of a credential's life, and at once for one whose end we do not know. Throws
   * `Stopped` if the far side refuses the credential itself, so that only a person can help, and
   * anything else to be tried again.
   */
  renew: (settings: Settings, signal: AbortSignal) => Promise<Credential>
}
