/** Words a reader's wants, as emails and pages say it: "each thriller or western that we rate 3 or more". */
import { genreKey } from '../../shared/genre-key'
import { figure } from '../../shared/rating'
import type { Wants } from '../../shared/types/wants'
import { DIGEST_HOUR, DIGEST_WEEKDAY, isDigest } from './digest-times'
import { FILM } from './genre-words'
import type { Names } from './wants-names'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const NAMELESS: Names = { critic: () => undefined, genre: () => undefined }

/**
 * What is asked for, without how often. `names` knows the critics and genres of this site (see
 * `namesFor`). The asker's own words are never repeated: somebody could enter a stranger's address
 * and use them to write to that stranger.
 */
export function describeWants(wants: Wants, names = NAMELESS): string {
  const filmOf = (genre: string | undefined) => genre && `${genre} film`
  const films =
    wants.genres?.length &&
    either(
      wants.genres.map(
        genre => FILM.get(genreKey(genre)) ?? filmOf(names.genre(genre)) ?? 'film of another genre',
      ),
    )
  const critics =
    wants.critics?.length &&
    either(wants.critics.map(critic => names.critic(critic) ?? 'a critic of your choice'))
  const least = wants.minRating
    ? ` that we rate ${figure(wants.minRating)}${wants.minRating < 5 ? ' or more' : ''}`
    : ''
  return `each ${films || 'review'}${critics ? `${films ? ' reviewed' : ''} by ${critics}` : ''}${least}`
}

/** The same with how often, unless it is at once. */
export const describeSubscription = (wants: Wants, names: Names) =>
  isDigest(wants)
    ? `${describeWants(wants, names)}, ${howOften(wants)}`
    : describeWants(wants, names)

/**
 * "as it comes out", "in one email a day at 18:00 (UTC)", "in one email on Fridays at 18:00
 * (Europe/Vienna)".
 */
export function howOften({
  frequency,
  hour = DIGEST_HOUR,
  weekday = DIGEST_WEEKDAY,
  timeZone = 'UTC',
}: Wants): string {
  if (!frequency || frequency === 'instant') return 'as it comes out'
  return `in one email ${frequency === 'daily' ? 'a day' : `on ${DAYS[weekday - 1]}s`} at ${String(hour).padStart(2, '0')}:00 (${timeZone})`
}

function either(words: string[]): string {
  const [last, ...rest] = [...new Set(words)].reverse()
  return rest.length ? `${rest.reverse().join(', ')} or ${last}` : last!
}
