/** The genres that we have our own word for. */
import { genreKey } from '../../shared/genre-key'

/** What one film of a genre is called, by its key. */
export const FILM = new Map(
  Object.entries({
    action: 'action film',
    adventure: 'adventure',
    animation: 'animated film',
    biography: 'biography',
    comedy: 'comedy',
    crime: 'crime film',
    documentary: 'documentary',
    drama: 'drama',
    family: 'family film',
    fantasy: 'fantasy',
    'film-noir': 'film noir',
    history: 'historical film',
    horror: 'horror film',
    music: 'music film',
    musical: 'musical',
    mystery: 'mystery',
    romance: 'romance',
    'sci-fi': 'science fiction film',
    sport: 'sports film',
    thriller: 'thriller',
    war: 'war film',
    western: 'western',
  }),
)

/** True for a genre that we have a word for, whether or not any review has it. */
export const isUsual = (genre: string) => FILM.has(genreKey(genre))
