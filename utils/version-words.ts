/** Why there is an earlier version, in words: how it became public, or what replaced it. */
import type { DeskRevision } from '~/shared/types/desk'

const WORDS: Record<NonNullable<DeskRevision['reason']>, string> = {
  publish: 'published',
  fix: 'typo fixed',
  correct: 'correction published',
  paste: 'before much of it was replaced',
  restore: 'before an earlier version was restored',
  merge: 'before two versions were merged',
}

export const versionWords = ({ reason }: Pick<DeskRevision, 'reason'>): string =>
  reason ? WORDS[reason] : ''
