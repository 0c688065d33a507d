/** The security log as owners see it. */
export type SecurityEventKind =
  | 'signed-in'
  | 'sign-in-failed'
  | 'sign-in-braked'
  | 'signed-out'
  | 'session-ended'
  | 'account-created'
  | 'account-removed'
  | 'role-changed'
  | 'password-changed'
  | 'password-reset'
  | 'token-created'
  | 'token-revoked'

/** `actor` is absent where people did it themselves. */
export interface SecurityEvent {
  id: number
  at: string
  what: SecurityEventKind
  person: string
  actor?: string
  about?: string
  network?: string
}
