/** The GraphQL schema, with all its types. */
import { builder } from './builder'
import { addCritic } from './types/critic'
import { addEvents } from './types/event'
import { addGenres } from './types/genre'
import { addLists } from './types/lists'
import { addMovie } from './types/movie'
import { addRatings } from './types/ratings'
import { addReview } from './types/review'
import { addSearch } from './types/search'
import { addSingles } from './types/singles'

/** Called, because the build leaves out a module of which nothing is used. */
const TYPES = [
  addReview,
  addMovie,
  addCritic,
  addSingles,
  addLists,
  addRatings,
  addGenres,
  addSearch,
  addEvents,
]
for (const add of TYPES) add()

export const schema = builder.toSchema()
