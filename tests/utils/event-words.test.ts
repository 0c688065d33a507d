/** Every event has words at the desk. */
import { expect, it } from 'vitest'
import { REVIEW_EVENT_TYPES } from '../../server/review/events'
import { eventWords } from '../../utils/event-words'

it.each([...REVIEW_EVENT_TYPES])('%s', type => expect(eventWords(type)).not.toBe(type))

it('an unknown one keeps its name', () => expect(eventWords('ReviewPraised')).toBe('ReviewPraised'))
